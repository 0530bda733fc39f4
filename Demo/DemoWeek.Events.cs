using Exchange.Bots;
using Exchange.Markets;

namespace Exchange.Demo;

// The events of the week besides trading: its start, money that moves, markets that settle, and its end.
public sealed partial class DemoWeek
{
    private static readonly string[] s_memos =
        ["Lunch", "The bet about the bus", "For the team pot", "Thanks for the notes", "Pizza, my share", "You were right about the beans", "Bike repair", "Concert ticket"];

    private readonly HashSet<string> _happened = [];

    private Member Admin => _members[0];

    private void Open(IReadOnlyList<DemoIdentity> identities)
    {
        Give<RoomOpened>(new Command
        {
            Kind = CommandKind.OpenRoom,
            Details = new RoomTerms(Venue.MainRoomSlug, "Demo class", new Cash(10_000_0000), WhoMayCreateMarkets.Anyone),
        });
        for (int i = 0; i < DemoTrader.Cast.Length; i++)
        {
            DemoTrader trader = DemoTrader.Cast[i];
            DemoIdentity identity = i < identities.Count ? identities[i] : new DemoIdentity(trader.Name, "demo", $"cast-{i + 1}", IsAdmin: false);
            RoomView shown = Give<RoomView>(new Command
            {
                Kind = CommandKind.EnterUser,
                Details = new UserEntry(identity.Issuer, identity.Subject, identity.Name, Email: null, identity.IsAdmin),
            });
            _members.Add(new Member(trader, shown.User.UserId, shown.Portfolios[0].Account.AccountId));
        }
        foreach (DemoMarket market in DemoMarket.All)
            OpenMarket(market);

        // The team's account comes with the first money that moves without a trade.
        AccountOpened team = Give<AccountOpened>(new Command
        {
            Kind = CommandKind.OpenAccount,
            UserId = Admin.UserId,
            Details = new NewAccount("Team Blue"),
        });
        foreach ((int member, AccountRole role) in ((int, AccountRole)[])[(1, AccountRole.Manager), (2, AccountRole.Trader)])
        {
            Give<AccountMembersChanged>(new Command
            {
                Kind = CommandKind.ShareAccount,
                UserId = Admin.UserId,
                AccountId = team.Account.AccountId,
                Details = new AccountShare(_members[member].UserId, role),
            });
        }
        Send(Admin, team.Account.AccountId, 1_500, "To begin with");
    }

    private void OpenMarket(DemoMarket market)
    {
        long[] ids = [.. _places.Select(p => p.Info.MarketId)];
        MarketInfo info = Give<MarketChanged>(AsAdmin(CommandKind.CreateMarket, details: new MarketTerms(
            market.Name, market.Description, new Price(market.Min * 100), new Price(market.Max * 100), market.Tick)
        {
            Category = market.Category,
            Group = market.Group,
            IsPinned = market.IsPinned,
            IsAnonymous = market.IsAnonymous,
            VisibleTo = market.IsForSome ? new ValueList<long>([.. _members.Take(3).Select(m => m.AccountId)]) : ValueList<long>.Empty,
            Derivation = market.Derivation?.Invoke(ids),
        })).Market;
        if (market.Bots is { } strength)
        {
            var bots = new ValueList<HouseBot>([.. Enum.GetValues<HouseBotKind>().Select(k => new HouseBot(k, strength))]);
            info = Give<MarketChanged>(AsAdmin(CommandKind.SetHouseBots, info.MarketId, new HouseBotsTerms(bots))).Market;
        }
        var place = new Place(market, info, Dice.For(seed, 2, info.MarketId)) { ValueUs = _nowUs };
        foreach (HouseBotPlace bot in venue.HouseBotsAtWork.Where(b => b.MarketId == info.MarketId))
            place.Bots.Add((bot, HouseBots.TraderOf(bot.Bot)));
        _places.Add(place);
    }

    private Command AsAdmin(CommandKind kind, long marketId = 0, CommandDetails? details = null) => new()
    {
        Kind = kind,
        UserId = Admin.UserId,
        Elevated = true,
        MarketId = marketId,
        Details = details,
    };

    /// <param name="elapsedUs">Since the week began.</param>
    private void Happen(long elapsedUs)
    {
        double days = (double)elapsedUs / DayUs;
        foreach (Place place in _places)
        {
            if (place.Market.SettlesAfterDays > 0 && days >= place.Market.SettlesAfterDays && Once($"settle {place.Info.MarketId}"))
            {
                place.IsOpen = false;
                double price = place.Info.Min.Hundredths + (place.Market.SettlesAt * RangeOf(place));
                Give<MarketSettled>(AsAdmin(CommandKind.SettleMarket, place.Info.MarketId) with { HasPrice = true, Price = new Price((int)price) });
            }
            if (place.Market.HaltedAfterDays > 0 && days >= place.Market.HaltedAfterDays && Once($"halt {place.Info.MarketId}"))
            {
                place.IsOpen = false;
                Give<MarketChanged>(AsAdmin(CommandKind.SetMarketStatus, place.Info.MarketId) with { Status = MarketStatus.Halted });
            }
        }
        if (days >= 1.4 && Once("bonus"))
        {
            Give<Granted>(AsAdmin(CommandKind.Grant, details: new GrantTerms(
                ValueList<long>.Empty, EveryMember: true, new Cash(250_0000), "For handing in the first exercise", Force: false)));
        }
        if (days >= 2.3 && Once("code"))
        {
            Give<CodeChanged>(AsAdmin(CommandKind.CreateCode, details: new CodeTerms("EARLYBIRD", new Cash(100_0000), 20, ExpiresTimeUs: 0)));
            foreach (Member member in _members.Where((_, i) => i % 4 == 1))
            {
                Give<CodeClaimed>(new Command
                {
                    Kind = CommandKind.ClaimCode,
                    UserId = member.UserId,
                    AccountId = member.AccountId,
                    Details = new CodeClaim("EARLYBIRD"),
                });
            }
        }
        double busy = Busy(_nowUs);
        if (_dice.Chance(busy * 0.006))
        {
            Member from = _members[_dice.Below(_members.Count)], to = _members[_dice.Below(_members.Count)];
            Send(from, to.AccountId, 5 + _dice.Below(40), s_memos[_dice.Below(s_memos.Length)]);
        }
        if (_dice.Chance(busy * 0.01))
            Convert();
    }

    private bool Once(string what) => _happened.Add(what);

    private void Send(Member from, long toAccountId, int whole, string memo)
    {
        if (from.AccountId == toAccountId)
            return;
        Give(new Command
        {
            Kind = CommandKind.MakeTransfer,
            UserId = from.UserId,
            AccountId = from.AccountId,
            Details = new TransferTerms(toAccountId, new Cash(whole * 10_000L), memo),
        });
    }

    /// <summary>Someone turns baskets into their parts or back, or exercises an option.</summary>
    private void Convert()
    {
        Place place = Any(_places, p => p.IsOpen && p.Market.Derivation is not null ? 1 : 0);
        Member member = _members[_dice.Below(_members.Count)];
        Quantity held = venue.ViewFor(place.Info.MarketId, member.AccountId).Position;
        var command = new Command
        {
            UserId = member.UserId,
            AccountId = member.AccountId,
            MarketId = place.Info.MarketId,
            HasQuantity = true,
        };
        if (place.Info.Derivation is Basket)
        {
            Give(command with
            {
                Kind = CommandKind.ConvertBasket,
                Direction = held > Quantity.Zero ? ConversionDirection.Redeem : ConversionDirection.Create,
                Quantity = new Quantity(100 * (1 + _dice.Below(5))),
            });
        }
        else if (held.Hundredths >= 100 && place.Info.Derivation is Option { Style: OptionStyle.American } && _dice.Chance(0.1))
        {
            Give(command with { Kind = CommandKind.ExerciseOption, Quantity = new Quantity(100) });
        }
    }

    /// <summary>Leaves those who are signed in as with orders that wait, as somebody would who looks in now and then.</summary>
    private void Close()
    {
        foreach (Place place in _places.Where(p => p.IsOpen))
        {
            for (int i = 0; i < 2; i++)
            {
                Member member = _members[i];
                if (!IsFor(place, member) || !_dice.Chance(0.6))
                    continue;
                MarketView view = venue.ViewFor(place.Info.MarketId, member.AccountId) with { Capital = CapitalOf(member) };
                var patient = new Student(member.Trader with { Patience = 1 }, bias: 0) { Now = (_nowUs, FairValue.Of(view) ?? place.Value) };
                Trade(member.UserId, member.AccountId, view, patient, place.Dice);
            }
        }
        Give(new Command { Kind = CommandKind.SampleEquity });
    }
}
