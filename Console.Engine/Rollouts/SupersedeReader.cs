using OpsConsole.Domain.Rollouts.Queue;

namespace OpsConsole.Engine.Rollouts;

/// <summary>Reads what a pipeline file says of starts that meet a rollout under way.</summary>
internal static class SupersedeReader
{
    public static SupersedePolicy Policy(YamlSection file) =>
        file.Word("supersede", ("refuse", SupersedePolicy.Refuse), ("queue", SupersedePolicy.Queue), ("replace-waiting", SupersedePolicy.ReplaceWaiting), ("replace", SupersedePolicy.Replace)) ?? SupersedePolicy.Refuse;

    public static HotfixRules? Hotfix(YamlSection section) => new(section.Percent("bakes", 25));
}
