using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Exchange.Benchmarks;

/// <summary>One line of the table: what was measured, against what target, and every number behind it.</summary>
/// <param name="Row">The row in the table of targets.</param>
/// <param name="Met">Null where there is no target, or where nothing is asserted of the time.</param>
internal sealed record Measurement(string Row, string What, string Measured, string Target, bool? Met)
{
    public Dictionary<string, double> Numbers { get; } = [];

    /// <summary>Why it is as it is, or what to know when reading it.</summary>
    public string Note { get; init; } = "";
}

/// <summary>Gathers the measurements of one run; prints them as Markdown and writes them as JSON.</summary>
internal sealed class Report
{
    private readonly List<Measurement> _measurements = [];
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public void Add(Measurement measurement)
    {
        _measurements.Add(measurement);
        Console.Error.WriteLine($"  {measurement.Row}: {measurement.What}: {measurement.Measured}");
    }

    /// <summary>Something that must hold did not: a final state, a count of deliveries. The run fails.</summary>
    public void Problem(string sentence)
    {
        _problems.Add(sentence);
        Console.Error.WriteLine($"  PROBLEM: {sentence}");
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine($"Machine: {Machine.Describe()}").AppendLine();
        text.AppendLine($"Program: in-process rows and baseline {Machine.Compilation}; load and server share the machine.").AppendLine();
        text.AppendLine("| # | what | measured | target | met |");
        text.AppendLine("| --- | --- | --- | --- | --- |");
        foreach (Measurement m in _measurements)
        {
            string note = m.Note.Length > 0 ? $"<br>{m.Note}" : "";
            string met = m.Met switch { true => "yes", false => "**no**", null => "" };
            text.AppendLine($"| {m.Row} | {m.What} | {m.Measured}{note} | {m.Target} | {met} |");
        }
        text.AppendLine();
        text.AppendLine(_problems.Count == 0
            ? "Every final state, and every count of deliveries, is what the generator says it must be."
            : $"{_problems.Count} PROBLEMS:");
        foreach (string problem in _problems)
            text.AppendLine($"- {problem}");
        return text.ToString();
    }

    public void WriteJson(string path)
    {
        using FileStream file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("time", DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("machine", Machine.Describe());
        json.WriteString("compilation", Machine.Compilation);
        json.WriteStartArray("measurements");
        foreach (Measurement m in _measurements)
        {
            json.WriteStartObject();
            json.WriteString("row", m.Row);
            json.WriteString("what", m.What);
            json.WriteString("measured", m.Measured);
            json.WriteString("target", m.Target);
            if (m.Met is { } met)
                json.WriteBoolean("met", met);
            if (m.Note.Length > 0)
                json.WriteString("note", m.Note);
            json.WriteStartObject("numbers");
            foreach ((string name, double value) in m.Numbers)
                json.WriteNumber(name, Math.Round(value, 4));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (string problem in _problems)
            json.WriteStringValue(problem);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
