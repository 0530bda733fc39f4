namespace Exchange.Markets;

/// <summary>
/// The command that is being applied, beside what it says itself: who gives it, in which room, as which account, when, and where its events go.
/// Admission fills it in; it is passed on to all that carries the command out. The venue has one, and uses it again for each command, so that
/// an order allocates nothing.
/// </summary>
internal sealed class CommandContext
{
    /// <summary>Where the events go.</summary>
    public CommitBatch Batch = null!;

    /// <summary>When the command came.</summary>
    public Moment Now;

    /// <summary>The sequence that the command has if it changes something.</summary>
    public long Sequence;

    /// <summary>The count of commands, those included that changed nothing.</summary>
    public long Number;

    // Set as far as the kind of the command needs them.
    public User? User;
    public Room? Room;
    public RoomMember? Member;
    public Account? Account;

    /// <summary>The command is given with admin powers by someone who has them in the room.</summary>
    public bool AsAdmin;

    /// <summary>The one account that the command's key is for; 0: all of the user's.</summary>
    public long OnlyAccountId;

    /// <summary>The request of an order batch places an order under the client order id of one that the batch cancels before.</summary>
    public bool CancelsItsId;

    /// <summary>What the audit log says of the command besides what it says itself.</summary>
    public string? AuditNote;

    /// <summary>The market that the command made, which it could not name yet; 0: none.</summary>
    public long AuditMarketId;

    /// <summary>Begins with the next command: nobody is known to give it yet.</summary>
    public void Begin(long sequence, long onlyAccountId)
    {
        Number++;
        Sequence = sequence;
        User = null;
        Room = null;
        Member = null;
        Account = null;
        AsAdmin = false;
        OnlyAccountId = onlyAccountId;
        AuditNote = null;
        AuditMarketId = 0;
    }
}
