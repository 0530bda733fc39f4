using System.Globalization;

namespace Exchange.Hosting;

/// <summary>A progress bar on one line of a terminal. It shows nothing where the output is not a terminal.</summary>
/// <param name="what">The word in front of the bar, such as: Copied.</param>
internal sealed class ProgressBar(string what)
{
    private const int Width = 40;

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private int _permille = -1;

    public void Show(long done, long total)
    {
        int permille = total == 0 ? 1_000 : (int)(done * 1_000 / total);
        if (!_isShown || permille == _permille)
            return;
        _permille = permille;
        int full = permille * Width / 1_000;
        Console.Error.Write($"\r{what} [{new string('#', full)}{new string('.', Width - full)}] {(permille / 10.0).ToString("0.0", CultureInfo.InvariantCulture)} %");
    }

    /// <summary>Ends the line of the bar.</summary>
    public void End()
    {
        if (_permille >= 0)
            Console.Error.WriteLine();
    }
}
