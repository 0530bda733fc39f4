using Exchange.Markets;

namespace Exchange.Storage;

/// <summary>The words that stand in the database for what people will read there.</summary>
internal static class Names
{
    public static string Of(MarketStatus status) => status switch
    {
        MarketStatus.Open => "OPEN",
        MarketStatus.CancelOnly => "CANCEL_ONLY",
        MarketStatus.Halted => "HALTED",
        MarketStatus.Settled => "SETTLED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static MarketStatus ToMarketStatus(string name) => name switch
    {
        "OPEN" => MarketStatus.Open,
        "CANCEL_ONLY" => MarketStatus.CancelOnly,
        "HALTED" => MarketStatus.Halted,
        "SETTLED" => MarketStatus.Settled,
        _ => throw new StorageException($"The database holds a market with the unknown status '{name}'."),
    };

    public static string Of(WhoMayCreateMarkets who) => who switch
    {
        WhoMayCreateMarkets.Anyone => "ANYONE",
        WhoMayCreateMarkets.Admins => "ADMINS",
        _ => throw new ArgumentOutOfRangeException(nameof(who), who, null),
    };

    public static WhoMayCreateMarkets ToWhoMayCreateMarkets(string name) => name switch
    {
        "ANYONE" => WhoMayCreateMarkets.Anyone,
        "ADMINS" => WhoMayCreateMarkets.Admins,
        _ => throw new StorageException($"The database holds a room with the unknown rule '{name}'."),
    };
}
