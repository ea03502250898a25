namespace OpsConsole.Domain.FleetUpdate.Casualties;

/// <summary>
/// The pace of one AZ and activity: tokens come in at a rate, a host takes one. The rate doubles after a clean bake, halves at a warning, and is zero from a
/// halt on until a person sets it going again: it does not rise by itself.
/// </summary>
/// <param name="PerHour">Tokens an hour; 0 while halted.</param>
/// <param name="Tokens">Left at <paramref name="At"/>; at most one hour's, at least room for one.</param>
public sealed record Velocity(VelocityPolicy Policy, double PerHour, double Tokens, DateTimeOffset At)
{
    public bool Halted => PerHour <= 0;

    private double Room => Math.Max(1, PerHour);

    /// <summary>One token to begin with: the first host goes alone.</summary>
    public static Velocity Begin(VelocityPolicy policy, DateTimeOffset now) => new(policy, policy.First, 1, now);

    /// <summary>Whole tokens there are now.</summary>
    public int Available(DateTimeOffset now) => Halted ? 0 : (int)(Grown(now) + 1e-9);

    /// <summary>Null where there are not as many.</summary>
    public Velocity? Take(int hosts, DateTimeOffset now) => hosts <= Available(now) ? this with { Tokens = Math.Max(0, Grown(now) - hosts), At = Later(now) } : null;

    /// <summary>When the next host may go; null while halted: a person decides.</summary>
    public DateTimeOffset? Next(DateTimeOffset now) =>
        Halted ? null : Available(now) >= 1 ? now : now + TimeSpan.FromHours((1 - Grown(now)) / PerHour);

    public Velocity AfterCleanBake(DateTimeOffset now) => Halted ? this : Turned(Math.Min(Policy.Most, PerHour * 2), now);

    public Velocity AfterWarning(DateTimeOffset now) => Halted ? this : Turned(Math.Max(Policy.Least, PerHour / 2), now);

    public Velocity AfterHalt(DateTimeOffset now) => this with { PerHour = 0, Tokens = 0, At = Later(now) };

    /// <summary>By a person, from the first pace again.</summary>
    public Velocity Resume(DateTimeOffset now) => Halted ? Begin(Policy, now) : this;

    private Velocity Turned(double perHour, DateTimeOffset now) => this with { PerHour = perHour, Tokens = Math.Min(Grown(now), Math.Max(1, perHour)), At = Later(now) };

    /// <summary>A clock that went back gives no tokens.</summary>
    private double Grown(DateTimeOffset now) => Math.Min(Room, Tokens + (PerHour * Math.Max(0, (now - At).TotalHours)));

    private DateTimeOffset Later(DateTimeOffset now) => now > At ? now : At;
}
