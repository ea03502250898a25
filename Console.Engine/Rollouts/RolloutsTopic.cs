using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Rollouts;

/// <summary>The topics <c>rollouts</c> (a line for each rollout) and <c>rollout/id</c> (its whole picture, under the key <c>picture</c>).</summary>
public sealed class RolloutsTopic(IStates states, TimeProvider clock) : ITopicSource
{
    public const string All = "rollouts";
    public const string OnePrefix = "rollout/";
    public const string PictureKey = "picture";

    public bool Has(string topic) => topic == All || (topic.StartsWith(OnePrefix, StringComparison.Ordinal) && states.VersionOf(RolloutStreams.Of(topic[OnePrefix.Length..])) > 0);

    public void Touched(Recorded recorded, ITouched touched)
    {
        var id = recorded.Stream.Family switch
        {
            RolloutStreams.Family => recorded.Stream.Key,
            RunStreams.Family => recorded.Stream.Key[(recorded.Stream.FirstKey.Length + 1)..],
            _ => null,
        };
        if (id is null)
        {
            return;
        }

        if (touched.Wanted(All))
        {
            touched.Touch(All, id);
        }

        if (touched.Wanted(OnePrefix + id))
        {
            touched.Touch(OnePrefix + id, PictureKey);
        }
    }

    public IEnumerable<string> Keys(string topic) =>
        topic == All ? RolloutSummary.List(states, clock.GetUtcNow()).Select(rollout => rollout.Id) : [PictureKey];

    public object? Item(string topic, string key) =>
        topic == All ? RolloutSummary.Find(states, key, clock.GetUtcNow()) : RolloutDrawing.Draw(states, topic[OnePrefix.Length..], clock.GetUtcNow());
}
