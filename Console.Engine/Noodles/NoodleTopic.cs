using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Noodles.Runs;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Noodles;

/// <summary>The topic <c>noodles</c>: one item for each run that was asked for, under its id.</summary>
public sealed class NoodleTopic(IStates states) : ITopicSource
{
    public const string Name = "noodles";

    private NoodleRunsState State => states.Get<NoodleRunsState>(NoodleStreams.Only);

    public bool Has(string topic) => topic == Name;

    public void Touched(Recorded recorded, ITouched touched)
    {
        var id = recorded.Event switch { NoodleRunRequested e => e.Id, NoodleRunEnded e => e.Id, _ => null };
        if (id is not null && touched.Wanted(Name))
        {
            touched.Touch(Name, id);
        }
    }

    public IEnumerable<string> Keys(string topic) => State.Runs.Select(run => run.Id);

    public object? Item(string topic, string key) => State.Find(key);
}
