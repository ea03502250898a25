using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>The answers of the latest commands, so that repeating a command is doing it once. The oldest go first.</summary>
public sealed class Answers
{
    private readonly ImmutableDictionary<Guid, IndexAnswer> _answers;
    private readonly ImmutableQueue<Guid> _order;

    private Answers(ImmutableDictionary<Guid, IndexAnswer> answers, ImmutableQueue<Guid> order) => (_answers, _order) = (answers, order);

    public static Answers None { get; } = new(ImmutableDictionary<Guid, IndexAnswer>.Empty, ImmutableQueue<Guid>.Empty);

    public int Count => _answers.Count;

    /// <summary>Oldest first.</summary>
    public IEnumerable<(Guid Request, IndexAnswer Answer)> All() => _order.Select(request => (request, _answers[request]));

    public static Answers From(IReadOnlyList<(Guid Request, IndexAnswer Answer)> all) =>
        new(all.ToImmutableDictionary(one => one.Request, one => one.Answer), ImmutableQueue.CreateRange(all.Select(one => one.Request)));

    public IndexAnswer? Find(Guid request) => _answers.GetValueOrDefault(request);

    public Answers Add(Guid request, IndexAnswer answer, int most)
    {
        var (answers, order) = (_answers, _order);
        if (answers.Count >= most)
        {
            order = order.Dequeue(out var oldest);
            answers = answers.Remove(oldest);
        }

        return new Answers(answers.SetItem(request, answer), order.Enqueue(request));
    }
}
