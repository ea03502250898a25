using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>What has failed so far of one host's checks.</summary>
/// <param name="all">A dry run: no check ends it.</param>
internal struct FailedChecks(GrantStep step, string host, bool all)
{
    public ImmutableArray<Denial> Denials { get; private set; } = [];

    /// <summary>The check that failed and that an override let pass; null for none.</summary>
    public ReservationCheck? Passed { get; private set; }

    /// <summary>Makes these checks, in their order; true where one ended it.</summary>
    public bool EndAt(Func<GrantStep, Host, Denial?>[] checks, Host of)
    {
        foreach (var check in checks)
        {
            if (check(step, of) is { } failed && EndAt(failed))
            {
                return true;
            }
        }

        return false;
    }

    public bool EndAt(IEnumerable<Denial> checks)
    {
        foreach (var failed in checks)
        {
            if (EndAt(failed))
            {
                return true;
            }
        }

        return false;
    }

    private bool EndAt(Denial failed)
    {
        if (step.Passes(failed.Check, host))
        {
            Passed = failed.Check;
            return false;
        }

        Denials = Denials.Add(failed);
        return !all;
    }
}
