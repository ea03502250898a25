using OpsConsole.Domain.Journal;

namespace OpsConsole.Tests.Rollouts.Calendar;

/// <summary>A world of the states given; in all other streams nothing has happened yet.</summary>
internal sealed class GivenStates(params (StreamId Stream, object State)[] given) : IStates
{
    public TState Get<TState>(StreamId stream)
        where TState : class =>
        given.FirstOrDefault(one => one.Stream == stream).State as TState
        ?? (TState)(typeof(TState).GetConstructor([typeof(string)]) is not null ? Activator.CreateInstance(typeof(TState), stream.Key)! : Activator.CreateInstance<TState>());

    public long VersionOf(StreamId stream) => given.Any(one => one.Stream == stream) ? 1 : 0;

    public IReadOnlyList<StreamState<TState>> All<TState>(string family)
        where TState : class => [.. given.Where(one => one.Stream.Family == family).Select(one => new StreamState<TState>(one.Stream, 1, (TState)one.State))];
}
