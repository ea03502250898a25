using System.Text.RegularExpressions;
using OpsConsole.Tests.ProvingGround.Front;
using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.ProvingGround.S3;

/// <summary>The table of S3's error codes: each that this front gives has S3's status; each that it does not give belongs to something not served, by rule.</summary>
[Trait("Category", "Conformance")]
public sealed class ErrorCodeConformanceTests(ITestOutputHelper output)
{
    /// <summary>What a code's name tells of where it belongs, and why that is not here.</summary>
    private static readonly (string Words, string Why)[] NotServed =
    [
        ("AccessPoint|Endpoint|MultiRegion|Redirect|Region$|IllegalLocation|Outposts|AddressingHeader|HostHeader|TransformationDefined|AsyncRequest|ClientToken", "one region, path style: no access points, other endpoints or redirects"),
        ("Token|Session|Credentials|NotSignedUp|AccountProblem|AllAccess|InvalidPayer|InvalidSecurity|Security(Element|Header)|UnauthorizedAccess|UnexpectedIP|OwnerAWSAccount|Device", "accounts have keys and nothing else: no sessions, payers or devices"),
        ("Logging|CORS|Lifecycle|Website|Versioning|NoSuchVersion|ObjectLock|BucketState|ObjectState|Restore|Retention|Ownership|AccessControlListNotSupported|Polic(y|ies)|TagSet|Torrent|ServerSideEncryptionConfiguration|Replication|Inventory|Notification|PublicAccess|Object(Not)?Already|RestoreRequest", "a bucket's configuration, versions, locks and archives are not served"),
        ("KMS|Grant|InlineData", "no key management service, no grants to single accounts"),
        ("POST|Post|MultiPartContent|SOAP|Attachment", "no browser forms, no SOAP"),
        ("^InvalidHttpMethod$|^InvalidSignature$|^UnsupportedSignature$|^UnsupportedArgument$|^UnexpectedContent$|^RequestHeaderSectionTooLarge$|^InvalidRegion$|^Missing(Auth|Sec)", "told by another code of the same status class, or by HTTP before there is a request"),
        ("ConnectionClosed|ResponseInterrupted|OperationAborted|^503 ", "S3's own words in its logs and between its parts; a customer sees SlowDown, or a closed connection"),
        ("TooMany(AccessPoints|MultiRegion)", "no access points"),
    ];

    [Fact]
    public void Every_code_has_S3s_status_or_belongs_to_what_is_not_served()
    {
        var mine = new S3ErrorStatus().All;
        var (held, listed, other) = (0, 0, 0);
        var wrong = new List<string>();
        foreach (var row in Fixture.Read("testing_s3_error_codes.json").GetProperty("codes").EnumerateObject())
        {
            var statuses = row.Value.GetProperty("http").EnumerateArray().Select(status => status.GetInt32()).ToArray();
            if (mine.TryGetValue(row.Name, out var status))
            {
                held++;
                if (statuses.Length > 0 && !statuses.Contains(status))
                {
                    wrong.Add($"{row.Name}: {status} here, {string.Join('/', statuses)} there");
                }
            }
            else if (!row.Value.GetProperty("sections").EnumerateArray().Any(section => section.GetString() == "S3"))
            {
                other++;
            }
            else if (NotServed.Any(rule => Regex.IsMatch(row.Name, rule.Words)))
            {
                listed++;
            }
            else
            {
                wrong.Add($"{row.Name}: not given here, and no rule says why");
            }
        }

        output.WriteLine($"{held} codes given here with S3's status, {listed} of things not served by {NotServed.Length} rules, {other} of other services (Select, tables, replication, …)");
        Assert.True(held > 0);
        Assert.Empty(wrong);
    }
}
