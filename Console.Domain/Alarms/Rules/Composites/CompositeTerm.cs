namespace OpsConsole.Domain.Alarms.Rules.Composites;

/// <summary>A part of a composite's rule.</summary>
internal abstract record CompositeTerm
{
    public abstract bool Holds(Func<string, AlarmState> stateOf);

    /// <summary>Null where an alarm without data decides.</summary>
    public abstract bool? Surely(Func<string, AlarmState> stateOf);
}

internal sealed record StateTerm(AlarmState State, string Alarm) : CompositeTerm
{
    public override bool Holds(Func<string, AlarmState> stateOf) => stateOf(Alarm) == State;

    public override bool? Surely(Func<string, AlarmState> stateOf) => stateOf(Alarm) is var now && now == AlarmState.InsufficientData && State != AlarmState.InsufficientData ? null : now == State;
}

internal sealed record ConstantTerm(bool Value) : CompositeTerm
{
    public override bool Holds(Func<string, AlarmState> stateOf) => Value;

    public override bool? Surely(Func<string, AlarmState> stateOf) => Value;
}

internal sealed record NotTerm(CompositeTerm Of) : CompositeTerm
{
    public override bool Holds(Func<string, AlarmState> stateOf) => !Of.Holds(stateOf);

    public override bool? Surely(Func<string, AlarmState> stateOf) => !Of.Surely(stateOf);
}

/// <param name="All">Whether both must hold, or one is enough.</param>
internal sealed record JoinTerm(bool All, CompositeTerm Left, CompositeTerm Right) : CompositeTerm
{
    public override bool Holds(Func<string, AlarmState> stateOf) => All ? Left.Holds(stateOf) && Right.Holds(stateOf) : Left.Holds(stateOf) || Right.Holds(stateOf);

    public override bool? Surely(Func<string, AlarmState> stateOf) => All ? Left.Surely(stateOf) & Right.Surely(stateOf) : Left.Surely(stateOf) | Right.Surely(stateOf);
}
