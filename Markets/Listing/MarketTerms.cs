using System.Text.Json;

namespace Exchange.Markets;

/// <summary>Details of <see cref="CommandKind.CreateMarket"/>. A derived market's range is not read: it follows.</summary>
public sealed record MarketTerms(string Name, string Description, Price Min, Price Max, int TickHundredths) : CommandDetails
{
    public string Category { get; init; } = "";
    public string Group { get; init; } = "";
    public bool IsPinned { get; init; }
    public bool IsAnonymous { get; init; }
    public ValueList<long> VisibleTo { get; init; } = ValueList<long>.Empty;
    public Quantity MaxOrder { get; init; }
    public Quantity MaxPosition { get; init; }

    /// <summary>When it is to halt by itself; 0: never.</summary>
    public long CloseTimeUs { get; init; }
    public Derivation? Derivation { get; init; }

    internal override CommandKind Kind => CommandKind.CreateMarket;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Markets.CreateMarket(context, in command, this);

    internal override void Write(CommandWriter to)
    {
        to.Text(Name);
        to.Text(Description);
        to.Number(Min.Hundredths);
        to.Number(Max.Hundredths);
        to.Number(TickHundredths);
        to.Text(Category);
        to.Text(Group);
        to.Flag(IsPinned);
        to.Flag(IsAnonymous);
        to.Numbers(VisibleTo);
        to.Number(MaxOrder.Hundredths);
        to.Number(MaxPosition.Hundredths);
        to.Number(CloseTimeUs);
        Write(to, Derivation);
    }

    internal static MarketTerms Read(ref CommandReader from) =>
        new(from.Text(), from.Text(), new Price(from.Int()), new Price(from.Int()), from.Int())
        {
            Category = from.Text(),
            Group = from.Text(),
            IsPinned = from.Flag(),
            IsAnonymous = from.Flag(),
            VisibleTo = new ValueList<long>(from.Numbers()),
            MaxOrder = new Quantity(from.Number()),
            MaxPosition = new Quantity(from.Number()),
            CloseTimeUs = from.Number(),
            Derivation = ReadDerivation(ref from),
        };

    private static void Write(CommandWriter to, Derivation? derivation)
    {
        switch (derivation)
        {
            case null:
                to.Byte(0);
                break;
            case Basket basket:
                to.Byte(1);
                to.List(basket.Constituents, static (to, c) =>
                {
                    to.Number(c.MarketId);
                    to.Number(c.Multiplier);
                });
                to.Number(basket.Fee.TenThousandths);
                break;
            case Option option:
                to.Byte(2);
                to.Number(option.UnderlyingId);
                to.Byte((byte)option.Kind);
                to.Byte((byte)option.Style);
                to.Number(option.Strike.Hundredths);
                break;
            default:
                throw new InvalidOperationException($"No bytes are known for a {derivation.GetType().Name}.");
        }
    }

    private static Derivation? ReadDerivation(ref CommandReader from) => from.Byte() switch
    {
        0 => null,
        1 => new Basket(
            new ValueList<Constituent>(from.List(static (ref CommandReader from) => new Constituent(from.Number(), from.Int()))), new Cash(from.Number())),
        2 => new Option(from.Number(), (OptionKind)from.Byte(), (OptionStyle)from.Byte(), new Price(from.Int())),
        var other => throw new InvalidDataException($"A derivation is none (0), a basket (1) or an option (2); it is {other}."),
    };

    internal override void WriteAudit(Utf8JsonWriter json)
    {
        json.WriteString("name", Name);
        json.WriteString("description", Description);
        if (Derivation is null)
        {
            json.WriteNumber("min_price", Min.Hundredths);
            json.WriteNumber("max_price", Max.Hundredths);
        }
        json.WriteNumber("tick_size", TickHundredths);
        AsUpdate().WriteAudit(json);
        if (Derivation is Basket basket)
        {
            json.WriteIds("constituents", basket.Constituents.Select(c => c.MarketId));
            json.WriteIds("multipliers", basket.Constituents.Select(c => (long)c.Multiplier));
            json.WriteNumber("fee", basket.Fee.TenThousandths);
        }
        else if (Derivation is Option option)
        {
            json.WriteNumber("underlying", option.UnderlyingId);
            json.WriteString("option", option.Kind.ToString());
            json.WriteString("style", option.Style.ToString());
            json.WriteNumber("strike", option.Strike.Hundredths);
        }
    }

    /// <summary>What of it is not as in a plain market.</summary>
    private MarketUpdate AsUpdate() => new()
    {
        Category = Category.Length > 0 ? Category : null,
        Group = Group.Length > 0 ? Group : null,
        IsPinned = IsPinned ? true : null,
        IsAnonymous = IsAnonymous ? true : null,
        VisibleTo = VisibleTo.Count > 0 ? VisibleTo : null,
        MaxOrder = MaxOrder > Quantity.Zero ? MaxOrder : null,
        MaxPosition = MaxPosition > Quantity.Zero ? MaxPosition : null,
        CloseTimeUs = CloseTimeUs > 0 ? CloseTimeUs : null,
    };
}
