namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>Answers for a service that holds no data of its own but needs so many hosts: its budget counts those of the region that serve and are not charged.</summary>
/// <param name="perAz">The budget is kept in each AZ instead.</param>
public sealed class BudgetAuthority(string name, DisruptionBudget budget, bool perAz) : ISafetyAuthority
{
    public string Name => name;

    public SafetyAnswer Ask(SafetyQuestion question)
    {
        var (expected, away) = (0, 0);
        foreach (var az in perAz ? [question.Host.Az] : question.Fleet.Tally.AzsOf(question.Host.Service))
        {
            var (hosts, gone) = OfflineCount.Of(question.Held, question.Fleet, az, question.Host.Service, limit: 0);
            (expected, away) = (expected + hosts, away + gone);
        }

        var status = budget.Status(expected, expected - away);
        if (budget.Admits(status, ConditionOf(question)))
        {
            return SafetyAnswer.NoData with { Slack = status.Allowed };
        }

        var set = perAz ? $"{question.Host.Service} in {question.Host.Az}" : question.Host.Service;
        return SafetyAnswer.NoData with { Slack = -1, Objection = new(set, -1, [.. Away(question)], Never: budget.Status(expected, expected).Allowed == 0) };
    }

    /// <summary>A validator carries no customers, a charged host is counted out already.</summary>
    private static HostCondition ConditionOf(SafetyQuestion question) =>
        question.Host.Validator || question.Held.Charged.ContainsKey(question.Host.Id) ? HostCondition.Gone
        : OfflineCount.Serves(question.Host) ? HostCondition.Healthy
        : HostCondition.Unhealthy;

    private IEnumerable<string> Away(SafetyQuestion question) =>
        question.Fleet.Hosts.Values.Where(host => host.Service == question.Host.Service && !host.Validator && (!perAz || host.Az == question.Host.Az) && host.Id != question.Host.Id && question.Gone(host.Id)).Select(host => host.Id).Take(MostNamed);

    private const int MostNamed = 20;
}
