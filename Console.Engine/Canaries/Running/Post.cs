using OpsConsole.Domain.Canaries;
using OpsConsole.Engine.Canaries.Targets;

namespace OpsConsole.Engine.Canaries.Running;

/// <summary>A canary at a target, as the runner has it in hand.</summary>
internal sealed class Post(Canary canary, CanaryTarget target, ICanaryTargets world)
{
    public Canary Canary => canary;

    public CanaryTarget Target => target;

    public CanaryPost Id { get; } = target.Post(canary);

    public string Key { get; } = target.Post(canary).ToString();

    public HttpMessageInvoker Way => world.WayTo(target);

    /// <summary>Its place in the period, in [0, 1).</summary>
    public double Phase { get; set; }

    /// <summary>The newest turn that was taken or passed over.</summary>
    public long Last { get; set; }

    /// <summary>When its next turn should begin.</summary>
    public DateTimeOffset Next { get; set; }

    /// <summary>From when on turns are to be expected.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>The turn under way; null between turns.</summary>
    public (long Turn, DateTimeOffset Intended, CanaryRunner By)? UnderWay { get; set; }

    public bool IsAsBefore(Post other) => ReferenceEquals(canary, other.Canary) && target == other.Target;
}
