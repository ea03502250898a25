using OpsConsole.Engine.ProvingGround.Index.Wire;

namespace OpsConsole.Engine.ProvingGround.Index.Client;

/// <summary>One question or command on its way.</summary>
internal abstract class IndexAsk(byte[] bytes, TimeSpan until)
{
    public byte[] Bytes => bytes;

    /// <summary>When it is given up, on the clock's monotonic time.</summary>
    public TimeSpan Until => until;

    public abstract bool Over { get; }

    /// <summary>Takes its answer out of a batch's answers; stays open where there is none for it.</summary>
    public abstract void Take(WireReader answers);

    public abstract void Fail(Exception e);
}

internal sealed class IndexAsk<T>(byte[] bytes, TimeSpan until, Func<WireReader, T?> read) : IndexAsk(bytes, until)
    where T : class
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override bool Over => _answer.Task.IsCompleted;

    public override void Take(WireReader answers)
    {
        if (read(answers) is { } answer)
        {
            _answer.TrySetResult(answer);
        }
    }

    public override void Fail(Exception e) => _answer.TrySetException(e);
}
