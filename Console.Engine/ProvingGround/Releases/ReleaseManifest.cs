namespace OpsConsole.Engine.ProvingGround.Releases;

/// <summary>A release of one of the ground's roles, as its makers ship it: a file whose SHA-256 is the release's digest.</summary>
/// <param name="Build">Which of the builds in the host's program runs; means nothing to anybody else.</param>
public sealed record ReleaseManifest(string Service, string Version, string Build, string Description);
