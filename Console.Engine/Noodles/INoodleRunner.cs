using OpsConsole.Domain.Noodles.Running;

namespace OpsConsole.Engine.Noodles;

/// <summary>Runs scenarios against a target: for people, for gates before production, for canaries.</summary>
public interface INoodleRunner
{
    /// <summary>
    /// Runs what is selected. Whatever goes wrong is in the result: a target that fails (<see cref="NoodleBlame.Target"/>) apart from a test that breaks (<see cref="NoodleBlame.Test"/>).
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; what was leased is given back first.</exception>
    Task<NoodleRunResult> RunAsync(NoodleSelection selection, NoodleTarget target, NoodleRunOptions options, CancellationToken cancel);

    Task<NoodleRunResult> RunAsync(NoodleSelection selection, NoodleTarget target, CancellationToken cancel) => RunAsync(selection, target, new NoodleRunOptions(), cancel);
}
