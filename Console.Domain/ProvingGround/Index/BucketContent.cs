namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>A bucket and all that lies in it.</summary>
public sealed record BucketContent(BucketEntry Entry, ObjectTable Objects, UploadTable Uploads);
