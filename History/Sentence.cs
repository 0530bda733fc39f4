namespace Exchange.History;

/// <summary>A piece of a sentence; if one of the ids is set, the text is a name.</summary>
public readonly record struct SentencePart(string Text, long UserId = 0, long AccountId = 0, long MarketId = 0);

/// <summary>A sentence in the making, with names that can be told from the rest.</summary>
internal sealed class Sentence(RoomNames names)
{
    /// <summary>Accounts named in one sentence before the rest is only counted.</summary>
    private const int MaxNamed = 3;

    private readonly List<SentencePart> _parts = [];

    public SentencePart[] Parts => [.. _parts];

    public Sentence Say(string text)
    {
        if (_parts.Count > 0 && _parts[^1] is { UserId: 0, AccountId: 0, MarketId: 0 } last)
            _parts[^1] = last with { Text = last.Text + text };
        else
            _parts.Add(new SentencePart(text));
        return this;
    }

    public Sentence User(long id)
    {
        _parts.Add(new SentencePart(names.Users.GetValueOrDefault(id, $"user {id}"), UserId: id));
        return this;
    }

    public Sentence Account(long id)
    {
        _parts.Add(new SentencePart(names.Accounts.GetValueOrDefault(id, $"account {id}"), AccountId: id));
        return this;
    }

    public Sentence Market(long id)
    {
        _parts.Add(new SentencePart(names.Markets.GetValueOrDefault(id, $"market {id}"), MarketId: id));
        return this;
    }

    /// <summary>"Ann, Bob, Cyn and 4 more".</summary>
    public Sentence Accounts(long[] ids) => List(ids, Account);

    /// <summary>Likewise.</summary>
    public Sentence Markets(long[] ids) => List(ids, Market);

    private Sentence List(long[] ids, Func<long, Sentence> name)
    {
        int named = ids.Length <= MaxNamed + 1 ? ids.Length : MaxNamed;
        for (int i = 0; i < named; i++)
        {
            if (i > 0)
                Say(i == ids.Length - 1 ? " and " : ", ");
            name(ids[i]);
        }
        return named < ids.Length ? Say($" and {ids.Length - named:#,0} more") : this;
    }
}
