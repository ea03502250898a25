using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Tests.Reservations;

/// <summary>One service answers for every host.</summary>
internal sealed class OneAuthority(ISafetyAuthority? answers) : ISafetyAuthorities
{
    public ISafetyAuthority? For(Host host) => answers;
}

/// <summary>A service that answers what the test says.</summary>
internal sealed class ScriptedAuthority(Func<SafetyQuestion, SafetyAnswer> answer) : ISafetyAuthority
{
    public string Name => "scripted";

    public SafetyAnswer Ask(SafetyQuestion question) => answer(question);
}
