using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Engine.ProvingGround.Index;

/// <summary>What can happen to a member.</summary>
internal abstract record MemberInput;

internal sealed record TimeWentOn : MemberInput;

internal sealed record MessageCame(RaftMessage Message) : MemberInput;

/// <param name="Data">What goes into the log.</param>
/// <param name="Answer">Null where this member cannot say what came of it.</param>
internal sealed record CommandCame(ReadOnlyMemory<byte> Data, TaskCompletionSource<IndexAnswer?> Answer) : MemberInput;

/// <summary>To be answered true when everything that is in the log now has been applied; false where this member does not lead until then.</summary>
internal sealed record BarrierCame(TaskCompletionSource<bool> Passed) : MemberInput;

/// <summary>A snapshot of its own lies on disk beside the one in use.</summary>
internal sealed record SnapshotWritten(SnapshotMark Mark) : MemberInput;
