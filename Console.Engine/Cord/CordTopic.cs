using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Cord;

/// <summary>The topic <c>cord</c>: every pull in force, by its id.</summary>
public sealed class CordTopic(IStates states) : ITopicSource
{
    public const string Name = "cord";

    private CordState Cord => states.Get<CordState>(CordStreams.Only);

    public bool Has(string topic) => topic == Name;

    public void Touched(Recorded recorded, ITouched touched)
    {
        var pull = recorded.Event switch
        {
            CordPulled e => e.Id,
            CordReleaseProposed e => e.Id,
            CordReleased e => e.Id,
            _ => null,
        };
        if (pull is not null)
        {
            touched.Touch(Name, pull);
        }
    }

    public IEnumerable<string> Keys(string topic) => Cord.InForce.Select(pull => pull.Id);

    public object? Item(string topic, string key) =>
        Cord.InForce.FirstOrDefault(pull => pull.Id == key) is { } pull ? new PullItem(pull.Scope.ToString(), pull.Mode.ToString(), pull.By, pull.Reason, pull.At, pull.Epoch, pull.ReleaseProposedBy) { Cause = pull.Cause?.Kind.ToString() } : null;
}

/// <summary>A pull of the cord as live clients see it.</summary>
public sealed record PullItem(string Scope, string Mode, string By, string Reason, DateTimeOffset At, long Epoch, string? ReleaseProposedBy)
{
    /// <summary>What made the console pull it; null where somebody did.</summary>
    public string? Cause { get; init; }
}
