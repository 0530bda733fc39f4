using Exchange.Spelling;

namespace Exchange.Markets;

/// <summary>Who may enter a room, and changes of what a member may see or do there.</summary>
internal static class Membership
{
    public static void EmitMember(CommandContext context, RoomMember member, bool rightsChanged)
    {
        member.Room.Directory = null;
        context.Batch.AddRecord(new MemberChanged(member.Room.Info.RoomId, member.Info, member.Kept, IsRemoved: false), isAnswer: false);
        if (rightsChanged)
            EmitRights(context, member);
    }

    /// <summary>What the member may see or do in the room is different from here on.</summary>
    public static void EmitRights(CommandContext context, RoomMember member)
    {
        member.RightsSequence = context.Sequence;
        context.Batch.AddRecord(new RightsChanged(member.User.Info.UserId, member.Room.Info.RoomId), isAnswer: false);
    }

    /// <param name="user">Null: not known yet.</param>
    public static Refusal MayEnter(Room room, User? user, RoomMember? member, bool isServerAdmin, string? email, string joinCode)
    {
        if (member is not null)
            return Refusal.None;
        if (room.Info.IsArchived)
            return Refusals.RoomArchived;
        bool may = isServerAdmin || room.Info.JoinPolicy == JoinPolicy.Open
            || (room.Info.JoinPolicy == JoinPolicy.Invite
                && (IsInvited(room, email) || (room.JoinCode.Length > 0 && Codes.Normalize(joinCode) == room.JoinCode)));
        if (!may)
        {
            return room.Info.JoinPolicy == JoinPolicy.Closed ? Refusals.RoomClosed
                : room.JoinCode.Length > 0 && joinCode.Length > 0 ? Refusals.WrongJoinCode
                : Refusals.NotInvited;
        }
        bool hasAccount = user is not null && PersonalAccount(room, user) is not null;
        return !hasAccount && !Money.MayIssue(room, room.Info.OpeningBalance.TenThousandths) ? Refusals.IssuedLimit : Refusal.None;
    }

    private static bool IsInvited(Room room, string? email) =>
        email is not null && room.InvitedEmails.Contains(email.Trim().ToLowerInvariant());

    public static Account? PersonalAccount(Room room, User user) =>
        user.Accounts.Find(a => a.Room == room && a.Info.IsPersonal && a.Info.OwnerUserId == user.Info.UserId);
}
