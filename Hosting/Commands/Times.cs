using System.Globalization;

namespace Exchange.Hosting;

/// <summary>Times as commands print them.</summary>
internal static class Times
{
    /// <summary>", of 2026-11-26 07:45:00.000000 UTC", or nothing where there is none.</summary>
    /// <param name="timeUs">Microseconds since 1970; 0: none.</param>
    public static string Of(long timeUs) => timeUs == 0
        ? ""
        : $", of {DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)} UTC";
}
