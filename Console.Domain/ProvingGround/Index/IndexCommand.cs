using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Placement;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>A change of the index: all of it happens, at one moment, or none.</summary>
public abstract record IndexCommand;

public sealed record CreateBucket(string Bucket, string Owner, Acl Acl) : IndexCommand;

/// <summary>Refused while there is an object in it; uploads in progress go with it.</summary>
public sealed record DeleteBucket(string Bucket) : IndexCommand;

public sealed record SetBucketAcl(string Bucket, Acl Acl) : IndexCommand;

public sealed record PutObject(ObjectEntry Object, WriteCondition Condition) : IndexCommand;

/// <summary>At most 1,000 keys; each is decided by itself. Deleting what is not there is done, not refused.</summary>
public sealed record DeleteObjects(string Bucket, ImmutableArray<KeyToDelete> Keys) : IndexCommand;

public sealed record KeyToDelete(string Key, WriteCondition Condition);

public sealed record SetObjectTags(string Bucket, string Key, ImmutableSortedDictionary<string, string> Tags) : IndexCommand;

public sealed record SetObjectAcl(string Bucket, string Key, Acl Acl) : IndexCommand;

public sealed record CreateUpload(Upload Upload) : IndexCommand;

/// <summary>A part of the same number takes the place of the one before.</summary>
public sealed record PutPart(string Bucket, string Key, string UploadId, UploadPart Part) : IndexCommand;

/// <param name="Parts">In ascending order; the object's bytes are these parts' bytes.</param>
/// <param name="ETag">Of the object, as the web host worked it out from the parts.</param>
public sealed record CompleteUpload(string Bucket, string Key, string UploadId, ImmutableArray<PartToJoin> Parts, string ETag, ObjectChecksum? Checksum, WriteCondition Condition) : IndexCommand;

public sealed record PartToJoin(int Number, string ETag);

public sealed record AbortUpload(string Bucket, string Key, string UploadId) : IndexCommand;

/// <summary>Puts another host in one position of a placement group.</summary>
/// <param name="Expected">The group's epoch this was decided at; refused where it has moved on.</param>
public sealed record MovePosition(int Group, int Position, string Host, long Expected) : IndexCommand;

/// <summary>Begins the next generation (<see cref="Generations"/>).</summary>
/// <param name="Expected">The one before; refused where another has begun since.</param>
public sealed record BeginGeneration(long Expected) : IndexCommand;

/// <summary>The first placement map; refused where there is one.</summary>
public sealed record SetPlacement(PlacementMap Map) : IndexCommand;
