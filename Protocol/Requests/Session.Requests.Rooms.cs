using Exchange.Markets;
using Exchange.Spelling;
using Google.Protobuf.Collections;

namespace Exchange.Protocol;

// Requests off the order path: rooms, people, accounts, markets, money.
public sealed partial class Session
{
    private static bool TryReadRare(V1.ClientMessage message, ref Command command, out string? problem)
    {
        problem = null;
        switch (message.RequestCase)
        {
            case V1.ClientMessage.RequestOneofCase.CreateMarket:
                Read(message.CreateMarket, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.UpdateMarket:
                Read(message.UpdateMarket, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.SetMarketStatus:
                command.Kind = CommandKind.SetMarketStatus;
                command.MarketId = ToId(message.SetMarketStatus.MarketId);
                command.Status = (MarketStatus)ToByte((int)message.SetMarketStatus.Status);
                return true;
            case V1.ClientMessage.RequestOneofCase.SettleMarket:
                command.Kind = CommandKind.SettleMarket;
                command.MarketId = ToId(message.SettleMarket.MarketId);
                command.Price = new Price(message.SettleMarket.Price);
                command.HasPrice = true;
                return true;
            case V1.ClientMessage.RequestOneofCase.UndoSettlement:
                command.Kind = CommandKind.UndoSettlement;
                command.MarketId = ToId(message.UndoSettlement.MarketId);
                return true;
            case V1.ClientMessage.RequestOneofCase.DeleteMarket:
                command.Kind = CommandKind.DeleteMarket;
                command.MarketId = ToId(message.DeleteMarket.MarketId);
                return true;
            case V1.ClientMessage.RequestOneofCase.PreviewSettlement:
                command.Kind = CommandKind.PreviewSettlement;
                command.MarketId = ToId(message.PreviewSettlement.MarketId);
                command.Price = new Price(message.PreviewSettlement.Price);
                command.HasPrice = true;
                return true;
            case V1.ClientMessage.RequestOneofCase.SetHouseBots:
                command.Kind = CommandKind.SetHouseBots;
                command.MarketId = ToId(message.SetHouseBots.MarketId);
                command.Details = new HouseBotsTerms(new ValueList<HouseBot>([.. message.SetHouseBots.Bots.Select(
                    b => new HouseBot((HouseBotKind)ToByte((int)b.Kind), (HouseBotStrength)ToByte((int)b.Strength)))]));
                return true;
            case V1.ClientMessage.RequestOneofCase.SetElevated:
                command.Kind = CommandKind.SetElevated;
                command.Elevated = message.SetElevated.Elevated;
                return true;
            case V1.ClientMessage.RequestOneofCase.GetLeaderboard:
                command.Kind = CommandKind.GetLeaderboard;
                return true;
            case V1.ClientMessage.RequestOneofCase.GetMembersOverview:
                command.Kind = CommandKind.GetMembersOverview;
                return true;
            case V1.ClientMessage.RequestOneofCase.GetPerson:
                command.Kind = CommandKind.GetPerson;
                command.Details = new PersonWanted(ToId(message.GetPerson.UserId));
                return true;
            default:
                return TryReadRoom(message, ref command, out problem)
                    || TryReadAccount(message, ref command) || TryReadMoney(message, ref command);
        }
    }

    private static bool TryReadRoom(V1.ClientMessage message, ref Command command, out string? problem)
    {
        problem = null;
        switch (message.RequestCase)
        {
            case V1.ClientMessage.RequestOneofCase.EnterRoom:
                V1.EnterRoom enter = message.EnterRoom;
                if (enter.RoomId != 0 == enter.Slug.Length > 0)
                    problem = "Give either room_id or slug.";
                command.Kind = CommandKind.EnterRoom;
                command.Details = new RoomEntry(ToId(enter.RoomId), enter.Slug, enter.JoinCode);
                return true;
            case V1.ClientMessage.RequestOneofCase.OpenRoom:
                V1.OpenRoom open = message.OpenRoom;
                command.Kind = CommandKind.OpenRoom;
                command.Details = new RoomTerms(
                    open.Slug, open.Name, new Cash(open.OpeningBalance), (WhoMayCreateMarkets)ToByte((int)open.WhoMayCreateMarkets),
                    (JoinPolicy)ToByte((int)open.JoinPolicy));
                return true;
            case V1.ClientMessage.RequestOneofCase.UpdateRoom:
                V1.UpdateRoom update = message.UpdateRoom;
                command.Kind = CommandKind.UpdateRoom;
                command.Details = new RoomUpdate(
                    update.HasName ? update.Name : null,
                    update.JoinPolicy == 0 ? null : (JoinPolicy)ToByte((int)update.JoinPolicy),
                    update.HasOpeningBalance ? new Cash(update.OpeningBalance) : null,
                    update.WhoMayCreateMarkets == 0 ? null : (WhoMayCreateMarkets)ToByte((int)update.WhoMayCreateMarkets),
                    update.HasArchived ? update.Archived : null,
                    update.HasJoinCode ? update.JoinCode : null);
                return true;
            case V1.ClientMessage.RequestOneofCase.InviteToRoom:
                V1.InviteToRoom invite = message.InviteToRoom;
                if (invite.AddEmails.Count > Limits.MaxInvitedEmails || invite.RemoveEmails.Count > Limits.MaxInvitedEmails)
                    problem = $"One request can name at most {Limits.MaxInvitedEmails:#,0} email addresses.";
                else if (invite.AddEmails.Count + invite.RemoveEmails.Count == 0)
                    problem = "InviteToRoom must name at least one email address.";
                command.Kind = CommandKind.InviteToRoom;
                command.Details = new Invitations([.. invite.AddEmails], [.. invite.RemoveEmails]);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetRoomSettings:
                command.Kind = CommandKind.GetRoomSettings;
                return true;
            case V1.ClientMessage.RequestOneofCase.SetRole:
                V1.SetRole role = message.SetRole;
                if (role.Remove && role.Role != 0)
                    problem = "Give either role or remove.";
                command.Kind = CommandKind.SetRole;
                command.Details = new RoleTerms(ToId(role.UserId), role.Remove ? null : (Role)ToByte((int)role.Role));
                return true;
            default:
                return false;
        }
    }

    private static bool TryReadAccount(V1.ClientMessage message, ref Command command)
    {
        switch (message.RequestCase)
        {
            case V1.ClientMessage.RequestOneofCase.ActAs:
                command.Kind = CommandKind.ActAs;
                command.AccountId = ToId(message.ActAs.AccountId);
                return true;
            case V1.ClientMessage.RequestOneofCase.OpenAccount:
                command.Kind = CommandKind.OpenAccount;
                command.Details = new NewAccount(message.OpenAccount.Name);
                return true;
            case V1.ClientMessage.RequestOneofCase.RenameAccount:
                command.Kind = CommandKind.RenameAccount;
                command.AccountId = ToId(message.RenameAccount.AccountId);
                command.Details = new AccountName(message.RenameAccount.Name);
                return true;
            case V1.ClientMessage.RequestOneofCase.ShareAccount:
                command.Kind = CommandKind.ShareAccount;
                command.AccountId = ToId(message.ShareAccount.AccountId);
                command.Details = new AccountShare(
                    ToId(message.ShareAccount.UserId), (AccountRole)ToByte((int)message.ShareAccount.Role));
                return true;
            case V1.ClientMessage.RequestOneofCase.RemoveAccountMember:
                command.Kind = CommandKind.RemoveAccountMember;
                command.AccountId = ToId(message.RemoveAccountMember.AccountId);
                command.Details = new AccountRemoval(ToId(message.RemoveAccountMember.UserId));
                return true;
            default:
                return false;
        }
    }

    private static bool TryReadMoney(V1.ClientMessage message, ref Command command)
    {
        switch (message.RequestCase)
        {
            case V1.ClientMessage.RequestOneofCase.MakeTransfer:
                V1.MakeTransfer transfer = message.MakeTransfer;
                command.Kind = CommandKind.MakeTransfer;
                if (transfer.FromAccountId != 0)
                    command.AccountId = ToId(transfer.FromAccountId);
                command.Details = new TransferTerms(ToId(transfer.ToAccountId), new Cash(transfer.Amount), transfer.Memo);
                return true;
            case V1.ClientMessage.RequestOneofCase.Grant:
                V1.Grant grant = message.Grant;
                command.Kind = CommandKind.Grant;
                command.Details = new GrantTerms(
                    ToIds(grant.AccountIds), grant.EveryMember, new Cash(grant.Amount), grant.Memo, grant.Force);
                return true;
            case V1.ClientMessage.RequestOneofCase.CreateCode:
                V1.CreateCode create = message.CreateCode;
                string code = create.Code.Length > 0 ? create.Code : Codes.MakeUp();
                command.Kind = CommandKind.CreateCode;
                command.Details = new CodeTerms(code, new Cash(create.Amount), create.Uses, create.ExpiresTimeUs);
                return true;
            case V1.ClientMessage.RequestOneofCase.RevokeCode:
                command.Kind = CommandKind.RevokeCode;
                command.Details = new CodeRevocation(message.RevokeCode.Code);
                return true;
            case V1.ClientMessage.RequestOneofCase.ClaimCode:
                command.Kind = CommandKind.ClaimCode;
                command.Details = new CodeClaim(message.ClaimCode.Code);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetCodes:
                command.Kind = CommandKind.GetCodes;
                return true;
            default:
                return false;
        }
    }

    private static void Read(V1.CreateMarket request, ref Command command)
    {
        command.Kind = CommandKind.CreateMarket;
        int tick = request.TickSize == 0 ? 1 : ToTick(request.TickSize);
        command.Details = new MarketTerms(
            request.Name, request.Description, new Price(request.MinPrice), new Price(request.MaxPrice), tick)
        {
            Category = request.Category,
            Group = request.Group,
            IsPinned = request.Pinned,
            IsAnonymous = request.Anonymous,
            VisibleTo = ToIds(request.VisibleToAccountIds),
            MaxOrder = new Quantity(request.MaxOrder),
            MaxPosition = new Quantity(request.MaxPosition),
            CloseTimeUs = request.CloseTimeUs,
            Derivation = request.DerivedFromCase switch
            {
                V1.CreateMarket.DerivedFromOneofCase.Basket => new Basket(
                    new([.. request.Basket.Constituents.Select(c => new Constituent(ToId(c.MarketId), c.Multiplier))]),
                    new Cash(request.Basket.Fee)),
                V1.CreateMarket.DerivedFromOneofCase.Option => new Option(
                    ToId(request.Option.UnderlyingMarketId), (OptionKind)ToByte((int)request.Option.Kind),
                    (OptionStyle)ToByte((int)request.Option.Style), new Price(request.Option.Strike)),
                _ => null,
            },
        };
    }

    private static void Read(V1.UpdateMarket request, ref Command command)
    {
        command.Kind = CommandKind.UpdateMarket;
        command.MarketId = ToId(request.MarketId);
        command.Details = new MarketUpdate
        {
            Name = request.HasName ? request.Name : null,
            Description = request.HasDescription ? request.Description : null,
            Category = request.HasCategory ? request.Category : null,
            Group = request.HasGroup ? request.Group : null,
            IsPinned = request.HasPinned ? request.Pinned : null,
            IsAnonymous = request.HasAnonymous ? request.Anonymous : null,
            VisibleTo = request.VisibleTo is null ? null : ToIds(request.VisibleTo.AccountIds_),
            MaxOrder = request.HasMaxOrder ? new Quantity(request.MaxOrder) : null,
            MaxPosition = request.HasMaxPosition ? new Quantity(request.MaxPosition) : null,
            Min = request.HasMinPrice ? new Price(request.MinPrice) : null,
            Max = request.HasMaxPrice ? new Price(request.MaxPrice) : null,
            TickHundredths = request.HasTickSize ? ToTick(request.TickSize) : null,
            CloseTimeUs = request.HasCloseTimeUs ? request.CloseTimeUs : null,
        };
    }

    private static int ToTick(uint tickSize) => (int)Math.Min(tickSize, int.MaxValue);

    private static ValueList<long> ToIds(RepeatedField<ulong> ids) => new([.. ids.Select(ToId)]);
}
