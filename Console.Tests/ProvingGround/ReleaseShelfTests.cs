using System.Text.RegularExpressions;
using OpsConsole.Engine.ProvingGround.Releases;

namespace OpsConsole.Tests.ProvingGround;

public sealed partial class ReleaseShelfTests
{
    [Fact]
    public void Every_release_has_a_digest_and_a_version_of_its_own()
    {
        Assert.All(ReleaseShelf.All, release => Assert.Matches("^sha256:[0-9a-f]{64}$", release.Digest));
        Assert.Equal(ReleaseShelf.All.Length, ReleaseShelf.All.DistinctBy(release => release.Digest).Count());
        Assert.Equal(ReleaseShelf.All.Length, ReleaseShelf.All.DistinctBy(release => release.Manifest.Version).Count());
        Assert.Equal(ReleaseShelf.BaselineVersion, ReleaseShelf.All[0].Manifest.Version);
    }

    [Fact]
    public void No_description_tells_what_is_wrong() =>
        Assert.DoesNotContain(ReleaseShelf.All, release => Telling().IsMatch(release.Manifest.Description + release.Manifest.Version));

    [Fact]
    public void One_changed_byte_is_another_digest()
    {
        var content = ReleaseShelf.Baseline.Content.ToArray();
        content[Array.LastIndexOf(content, (byte)'f')] = (byte)'g';
        Assert.NotEqual(ReleaseShelf.Baseline.Digest, InstalledRelease.Parse(content)!.Digest);
    }

    [GeneratedRegex("fault|bad|broken|slow|leak|corrupt|fail|planted|bug", RegexOptions.IgnoreCase)]
    private static partial Regex Telling();
}
