using System.Diagnostics.CodeAnalysis;

namespace Exchange.Auth;

/// <summary>States by key, for as long as they mean something: memory holds what happened lately. For use under a lock.</summary>
/// <param name="isOver">Whether a state is the same as none by now.</param>
internal sealed class Sweeping<TState>(Func<TState, bool> isOver) where TState : struct
{
    private const int SweepFrom = 10_000;

    private readonly Dictionary<string, TState> _states = new(StringComparer.Ordinal);
    private int _sweepAt = SweepFrom;

    public int Count => _states.Count;

    public bool TryGet(string key, [NotNullWhen(true)] out TState state) => _states.TryGetValue(key, out state) && !isOver(state);

    public void Set(string key, TState state)
    {
        _states[key] = state;
        if (_states.Count < _sweepAt)
            return;
        foreach ((string each, TState old) in _states)
        {
            if (isOver(old))
                _states.Remove(each);
        }
        _sweepAt = Math.Max(SweepFrom, 2 * _states.Count);
    }

    public void Remove(string key) => _states.Remove(key);
}
