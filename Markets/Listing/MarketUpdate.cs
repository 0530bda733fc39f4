using System.Text.Json;

namespace Exchange.Markets;

/// <summary>Details of <see cref="CommandKind.UpdateMarket"/>; null: as it is.</summary>
public sealed record MarketUpdate : CommandDetails
{
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? Category { get; init; }
    public string? Group { get; init; }
    public bool? IsPinned { get; init; }
    public bool? IsAnonymous { get; init; }
    public ValueList<long>? VisibleTo { get; init; }
    public Quantity? MaxOrder { get; init; }
    public Quantity? MaxPosition { get; init; }
    public Price? Min { get; init; }
    public Price? Max { get; init; }
    public int? TickHundredths { get; init; }

    /// <summary>0: none any more.</summary>
    public long? CloseTimeUs { get; init; }

    internal override CommandKind Kind => CommandKind.UpdateMarket;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.MarketUpdates.UpdateMarket(context, in command, this);

    internal override void Write(CommandWriter to)
    {
        to.Optional(Name);
        to.Optional(Description);
        to.Optional(Category);
        to.Optional(Group);
        to.Optional(IsPinned);
        to.Optional(IsAnonymous);
        to.Flag(VisibleTo is not null);
        if (VisibleTo is not null)
            to.Numbers(VisibleTo);
        to.Optional(MaxOrder?.Hundredths);
        to.Optional(MaxPosition?.Hundredths);
        to.Optional(Min?.Hundredths);
        to.Optional(Max?.Hundredths);
        to.Optional(TickHundredths);
        to.Optional(CloseTimeUs);
    }

    internal static MarketUpdate Read(ref CommandReader from) => new()
    {
        Name = from.OptionalText(),
        Description = from.OptionalText(),
        Category = from.OptionalText(),
        Group = from.OptionalText(),
        IsPinned = from.OptionalFlag(),
        IsAnonymous = from.OptionalFlag(),
        VisibleTo = from.Flag() ? new ValueList<long>(from.Numbers()) : null,
        MaxOrder = from.OptionalNumber() is { } maxOrder ? new Quantity(maxOrder) : null,
        MaxPosition = from.OptionalNumber() is { } maxPosition ? new Quantity(maxPosition) : null,
        Min = from.OptionalInt() is { } min ? new Price(min) : null,
        Max = from.OptionalInt() is { } max ? new Price(max) : null,
        TickHundredths = from.OptionalInt(),
        CloseTimeUs = from.OptionalNumber(),
    };

    internal override void WriteAudit(Utf8JsonWriter json)
    {
        if (Name is { } name)
            json.WriteString("name", name);
        if (Description is { } description)
            json.WriteString("description", description);
        if (Category is { } category)
            json.WriteString("category", category);
        if (Group is { } group)
            json.WriteString("group", group);
        if (IsPinned is { } pinned)
            json.WriteBoolean("pinned", pinned);
        if (IsAnonymous is { } anonymous)
            json.WriteBoolean("anonymous", anonymous);
        if (VisibleTo is { } visibleTo)
            json.WriteIds("visible_to", visibleTo);
        if (MaxOrder is { } maxOrder)
            json.WriteNumber("max_order", maxOrder.Hundredths);
        if (MaxPosition is { } maxPosition)
            json.WriteNumber("max_position", maxPosition.Hundredths);
        if (Min is { } min)
            json.WriteNumber("min_price", min.Hundredths);
        if (Max is { } max)
            json.WriteNumber("max_price", max.Hundredths);
        if (TickHundredths is { } tick)
            json.WriteNumber("tick_size", tick);
        if (CloseTimeUs is { } closes)
            json.WriteNumber("close_time_us", closes);
    }
}
