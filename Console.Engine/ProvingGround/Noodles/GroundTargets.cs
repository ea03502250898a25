using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Noodles;

/// <summary>The ground as a target of behaviour tests: by its router as customers see it, each web host from inside, and the validator.</summary>
public sealed class GroundTargets(GroundFolder folder, GroundSupervisor supervisor) : INoodleTargets
{
    public const string Prefix = "proving-ground";

    private ImmutableArray<NoodleAccount> _accounts = [];

    /// <summary>None before the ground serves.</summary>
    public ImmutableArray<NoodleTarget> Targets
    {
        get
        {
            if (!supervisor.Ready.IsCompletedSuccessfully)
            {
                return [];
            }

            var plan = supervisor.Plan;
            if (_accounts.IsEmpty)
            {
                _accounts = [.. folder.Accounts().Noodles.Select(key => new NoodleAccount(key.Name, key.Id, key.Secret))];
            }

            return
            [
                Of("outside", plan.Router, "outside"),
                .. plan.Of(GroundRole.Web).Where(host => !host.Validator).Select(host => Of($"inside/{host.Id}", host, "inside")),
                .. plan.Of(GroundRole.Web).Where(host => host.Validator).Select(host => Of("validator", host, "validator")),
            ];

            NoodleTarget Of(string name, GroundHost host, string vantage) => new($"{Prefix}/{name}", host.Address, plan.Region, _accounts) { Vantage = vantage };
        }
    }
}
