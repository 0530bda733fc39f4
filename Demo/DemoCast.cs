namespace Exchange.Demo;

/// <summary>Someone who pretends to trade in the demo.</summary>
/// <param name="Skill">How much they know of what a market is worth: 0 nothing, 1 all.</param>
/// <param name="Patience">How often they wait with an order instead of taking what is there.</param>
/// <param name="Activity">How often they trade, compared with others.</param>
/// <param name="Boldness">How much they risk, compared with others.</param>
internal sealed record DemoTrader(string Name, double Skill, double Patience, double Activity, double Boldness)
{
    /// <summary>The first is the admin, and who is signed in as to look at the demo.</summary>
    public static readonly DemoTrader[] Cast =
    [
        new("Ann", 0.78, 0.45, 2.0, 1.0),
        new("Ben", 0.60, 0.40, 1.6, 1.1),
        new("Cleo Marchetti", 0.85, 0.30, 1.4, 1.2),
        new("Dmitri Volkov", 0.30, 0.20, 1.8, 1.6),
        new("Elif Demir", 0.70, 0.60, 1.0, 0.8),
        new("Farid Haddad", 0.20, 0.25, 1.2, 1.3),
        new("Greta Lindqvist", 0.65, 0.70, 1.1, 0.7),
        new("Hugo Blanchard", 0.45, 0.35, 0.9, 1.0),
        new("Ines Carvalho", 0.55, 0.50, 1.3, 0.9),
        new("Jonas Weber", 0.10, 0.15, 1.5, 1.5),
        new("Keiko Tanaka", 0.90, 0.55, 0.8, 1.0),
        new("Luca Ferraro", 0.40, 0.30, 1.0, 1.1),
        new("Maya Okonkwo", 0.75, 0.40, 1.2, 1.0),
        new("Noor van Dijk", 0.50, 0.50, 0.7, 0.6),
        new("Oskar Nowak", 0.25, 0.20, 1.1, 1.4),
        new("Priya Raman", 0.80, 0.65, 0.9, 0.9),
        new("Quentin Leroy", 0.35, 0.45, 0.6, 0.8),
        new("Rosa Jimenez", 0.60, 0.35, 1.0, 1.0),
        new("Sami Koskinen", 0.15, 0.10, 1.3, 1.2),
        new("Tessa Brandt", 0.50, 0.60, 0.8, 0.9),
        new("Umar Siddiqui", 0.68, 0.30, 0.9, 1.1),
        new("Vera Petrova", 0.42, 0.55, 0.7, 0.8),
        new("Will Archer", 0.28, 0.25, 0.9, 1.3),
        new("Xenia Pappas", 0.58, 0.40, 0.8, 0.9),
        new("Yusuf Aydin", 0.48, 0.50, 0.6, 1.0),
        new("Zoe Fontaine", 0.72, 0.35, 0.7, 0.7),
    ];
}
