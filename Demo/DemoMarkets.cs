using Exchange.Markets;

namespace Exchange.Demo;

/// <summary>A market of the demo.</summary>
/// <param name="Min">Contracts' prices here are in whole units.</param>
/// <param name="Tick">Hundredths.</param>
/// <param name="Start">The start of its hidden value, as a share of the range.</param>
/// <param name="Volatility">How far the hidden value wanders in a root of an hour, a share of the range.</param>
/// <param name="Popularity">How often it is traded, compared with others.</param>
internal sealed record DemoMarket(
    string Name, string Description, int Min, int Max, int Tick, double Start, double Volatility, double Popularity, string Category, string Group)
{
    public bool IsPinned { get; init; }
    public bool IsAnonymous { get; init; }

    /// <summary>Whether only the first few of the cast see it.</summary>
    public bool IsForSome { get; init; }

    /// <summary>What it depends on, made from the ids of the markets before it.</summary>
    public Func<IReadOnlyList<long>, Derivation>? Derivation { get; init; }

    /// <summary>The house bots it has, all of one strength; null: none.</summary>
    public HouseBotStrength? Bots { get; init; } = HouseBotStrength.Normal;

    /// <summary>After how many days it settles, at the share of the range <see cref="SettlesAt"/>; 0: not in this week.</summary>
    public double SettlesAfterDays { get; init; }
    public double SettlesAt { get; init; }

    /// <summary>After how many days it is halted; 0: it is not.</summary>
    public double HaltedAfterDays { get; init; }

    public static readonly DemoMarket[] All =
    [
        new("Will it rain on the summer party?",
            "Settles at 100 if the rain gauge on the roof of the main building holds 0.2 mm or more between 14:00 and 22:00 on the day, else at 0.\n\nLooking out of the window is not a source.",
            0, 100, 100, 0.38, 0.022, 1.6, "Campus", "Weather") { IsPinned = true, Bots = HouseBotStrength.Lively },
        new("Average score of the mid-term",
            "The arithmetic mean of all scores handed in, out of 100, as published by the examination office; two decimals.",
            0, 100, 25, 0.61, 0.009, 1.8, "Exams", "Mid-term") { IsPinned = true, Bots = HouseBotStrength.Lively },
        new("Students in the last lecture",
            "Heads counted by the two teaching assistants ten minutes after the start; the mean of both counts.",
            0, 400, 100, 0.55, 0.013, 1.0, "Campus", "Attendance"),
        new("Coffee machine: hours out of order this month",
            "From the log on the machine's door. Being out of beans counts; being cleaned does not.",
            0, 48, 10, 0.27, 0.015, 0.8, "Campus", "Facilities") { Bots = HouseBotStrength.Gentle },
        new("Hackathon: points of Team Blue",
            "The jury's points at the end of the hackathon, 0 to 50.",
            0, 50, 10, 0.52, 0.016, 1.2, "Hackathon", "Teams"),
        new("Hackathon: points of Team Red",
            "The jury's points at the end of the hackathon, 0 to 50.",
            0, 50, 10, 0.47, 0.016, 1.2, "Hackathon", "Teams"),
        new("Hackathon: Blue and Red together",
            "One of each team. Turn it into its parts, or them into it, for a small fee: it can't stay far from their sum.",
            0, 0, 10, 0, 0, 0.7, "Hackathon", "Baskets") { Derivation = ids => Together(ids, 1) },
        new("Hackathon: Blue's lead over Red",
            "Blue's points less Red's: below zero if Red leads.",
            0, 0, 10, 0, 0, 0.8, "Hackathon", "Baskets") { Derivation = ids => Together(ids, -1) },
        new("Mid-term average above 60 (call)",
            "Pays what the average is above 60, or nothing. American: its holder may exercise any time.",
            0, 0, 5, 0, 0, 0.8, "Exams", "Options") { Derivation = ids => new Option(ids[1], OptionKind.Call, OptionStyle.American, new Price(60_00)) },
        new("Mid-term average below 55 (put)",
            "Pays what the average is below 55, or nothing. European: it pays when the market settles.",
            0, 0, 5, 0, 0, 0.5, "Exams", "Options") { Derivation = ids => new Option(ids[1], OptionKind.Put, OptionStyle.European, new Price(55_00)) },
        new("Will the library stay open until midnight?",
            "Settles at 100 if the doors are still open at 23:55 on every evening of the exam week, else at 0. Settled: they were.",
            0, 100, 100, 0.55, 0.03, 1.4, "Campus", "Facilities") { SettlesAfterDays = 4.6, SettlesAt = 1 },
        new("Sports day: the dean's steps (thousands)",
            "From the dean's own watch, read in public. Halted until the watch is found.",
            0, 30, 10, 0.4, 0.02, 0.8, "Campus", "Sports") { HaltedAfterDays = 5.4 },
        new("Beans in the jar at the entrance",
            "Counted in front of everyone. Anonymous: nobody sees who trades, so nobody can follow the one who counted.",
            0, 2000, 500, 0.44, 0.012, 0.9, "Games", "Estimates") { IsAnonymous = true },
        new("Bus 42: share of buses on time this week",
            "Per cent of departures at most two minutes late, from the operator's open data.",
            0, 100, 50, 0.72, 0.011, 0.9, "Campus", "Transport"),
        new("Will the new climbing wall open on time?",
            "100 if anyone has climbed it by the announced date, else 0. The concrete has a say in it.",
            0, 100, 100, 0.66, 0.024, 1.1, "Campus", "Sports"),
        new("Team Blue: who presents?",
            "For Team Blue alone: 100 if it is Ben, 0 if it is not.",
            0, 100, 100, 0.5, 0.02, 0.25, "Hackathon", "Teams") { IsForSome = true, Bots = null },
    ];

    private static Basket Together(IReadOnlyList<long> ids, int red) =>
        new(new ValueList<Constituent>(new Constituent(ids[4], 1), new Constituent(ids[5], red)), new Cash(500));
}
