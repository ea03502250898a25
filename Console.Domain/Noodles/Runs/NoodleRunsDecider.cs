using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Domain.Noodles.Tags;

namespace OpsConsole.Domain.Noodles.Runs;

/// <summary>Who may ask for what run.</summary>
public sealed class NoodleRunsDecider : IDecider<NoodleRunsState>
{
    public const int MostWaiting = 10;

    private const int LongestId = 64;
    private const int LongestText = 1_000;
    private const int MostFeatures = 50;

    public NoodleRunsState Initial(StreamId stream) => NoodleRunsState.Empty;

    public Decision Decide(NoodleRunsState state, ICommand command, DecisionContext context) =>
        command switch
        {
            RequestNoodleRun request => Request(state, request, context),
            EndNoodleRun end => state.Find(end.Id) is { EndedAt: null } ? Decision.Accept(new NoodleRunEnded(end.Id, end.Passed, end.Scenarios, end.Failed, end.Flaky, end.Fault)) : Decision.Nothing,
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a command of Noodles"),
        };

    public NoodleRunsState Apply(NoodleRunsState state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            NoodleRunRequested e => state.With(new(e.Id, e.Order, e.By, e.Reason, at, null, false, 0, 0, 0, null)),
            NoodleRunEnded e when state.Find(e.Id) is { } run => state.With(run with { EndedAt = at, Passed = e.Passed, Scenarios = e.Scenarios, Failed = e.Failed, Flaky = e.Flaky, Fault = e.Fault }),
            _ => state,
        };

    private static Decision Request(NoodleRunsState state, RequestNoodleRun request, DecisionContext context)
    {
        var order = request.Order;
        if (request.Id.Length is 0 or > LongestId || request.Id.Any(one => one is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')))
        {
            return Invalid("noodles.run-id", $"The run's id '{request.Id}' cannot be.", $"Give 1 to {LongestId} small letters, digits and hyphens.");
        }

        if (state.Find(request.Id) is not null)
        {
            return new Rejection(RejectionKind.Conflict, "noodles.run-exists", "The run was not taken.", $"There is a run {request.Id} already.", "Choose another id.");
        }

        if (string.IsNullOrWhiteSpace(context.Reason))
        {
            return Invalid("noodles.reason-missing", "No reason was given.", "Say what is to be found out.");
        }

        if (string.IsNullOrWhiteSpace(order.Target) || order.Target.Length > LongestText || order.Tags.Length > LongestText || order.Name.Length > LongestText
            || (!order.Features.IsDefault && (order.Features.Length > MostFeatures || order.Features.Any(feature => feature.Length > LongestText))))
        {
            return Invalid("noodles.order", "The target is missing, or something is too long.", $"Name a target; texts have at most {LongestText} characters, and at most {MostFeatures} features are named.");
        }

        if ((TagExpression.Parse(order.Tags).Fault ?? new NoodleRunOptions(order.Parallel, order.Retries).Fault) is { } fault)
        {
            return Invalid("noodles.order", fault, "Write it otherwise.");
        }

        return state.Runs.Count(run => run.EndedAt is null) >= MostWaiting
            ? new Rejection(RejectionKind.Blocked, "noodles.too-many", "The run was not taken.", $"{MostWaiting} runs wait already.", "Wait until one has ended.")
            : Decision.Accept(new NoodleRunRequested(request.Id, order, context.Actor.Id, context.Reason));
    }

    private static Rejection Invalid(string code, string why, string @do) => new(RejectionKind.Invalid, code, "The run was not taken.", why, @do);
}
