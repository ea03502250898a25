using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Live;

/// <summary>A slice's share of the live topics: says which things an event touches, and how a thing looks now.</summary>
public interface ITopicSource
{
    /// <summary>Whether the topic exists now and is this source's.</summary>
    bool Has(string topic);

    /// <summary>Names what an event changed. Called within the commit: quick, no I/O, must not throw.</summary>
    void Touched(Recorded recorded, ITouched touched);

    /// <summary>Keys of everything in the topic now.</summary>
    IEnumerable<string> Keys(string topic);

    /// <summary>How the thing looks now; null where it is no more.</summary>
    object? Item(string topic, string key);
}

/// <summary>Takes down what changed.</summary>
public interface ITouched
{
    /// <summary>False where nobody listens to the topic: naming its keys is then wasted work.</summary>
    bool Wanted(string topic);

    void Touch(string topic, string key);
}
