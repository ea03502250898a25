using System.Xml.Linq;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>The two lists of grants that are served, by name or spelt out: the owner may all, and everybody may read or not.</summary>
internal sealed class AclOperations(FrontParts parts)
{
    private const string Everybody = "http://acs.amazonaws.com/groups/global/AllUsers";
    private const string InstanceNamespace = "http://www.w3.org/2001/XMLSchema-instance";

    public Task GetBucketAsync(Admitted request) => AnswerAsync(request, request.It.Bucket!.Owner, request.It.Bucket.Acl);

    public Task GetObjectAsync(Admitted request) => AnswerAsync(request, request.It.Object!.Owner, request.It.Object.Acl);

    public Task PutBucketAsync(Admitted request) => parts.ApplyAsync(new SetBucketAcl(request.Call.Bucket, Wanted(request, request.It.Bucket!.Owner)), request.Gone);

    public Task PutObjectAsync(Admitted request) => parts.ApplyAsync(new SetObjectAcl(request.Call.Bucket, request.Call.Key, Wanted(request, request.It.Object!.Owner)), request.Gone);

    private static Acl Wanted(Admitted request, string owner)
    {
        var named = request.Call.Header(CannedAcl.Header).Length > 0;
        if (named == request.Body.Content.Length > 0)
        {
            throw new S3Exception(named ? S3Error.InvalidRequest("An ACL is named in a header or spelt out in the body, not both.") : S3Error.MissingRequestBody);
        }

        if (named)
        {
            return CannedAcl.Of(request.Call);
        }

        var list = XmlIn.Child(XmlIn.Read(request.Body.Content, "AccessControlPolicy"), "AccessControlList") ?? throw new S3Exception(S3Error.MalformedAcl);
        var grants = XmlIn.Children(list, "Grant").Select(grant => (Who: Grantee(grant), What: XmlIn.Text(grant, "Permission"))).ToList();
        var others = grants.Where(grant => grant.Who != owner).Distinct().ToList();
        return others switch
        {
            [] => Acl.Private,
            [(Everybody, "READ")] => Acl.PublicRead,
            _ => throw new S3Exception(S3Error.NotImplemented("Any grant but READ to everybody")),
        };
    }

    private static string Grantee(XElement grant)
    {
        var who = XmlIn.Child(grant, "Grantee") ?? throw new S3Exception(S3Error.MalformedAcl);
        return XmlIn.Child(who, "ID")?.Value ?? XmlIn.Child(who, "URI")?.Value ?? throw new S3Exception(S3Error.NotImplemented("A grant by mail address"));
    }

    private static Task AnswerAsync(Admitted request, string owner, Acl acl) =>
        request.Request.AnswerXmlAsync(S3Xml.Write("AccessControlPolicy", xml =>
        {
            xml.Inside("Owner", () =>
            {
                xml.Text("ID", owner);
                xml.Text("DisplayName", owner);
            });
            xml.Inside("AccessControlList", () =>
            {
                Grant("CanonicalUser", "ID", owner, "FULL_CONTROL");
                if (acl == Acl.PublicRead)
                {
                    Grant("Group", "URI", Everybody, "READ");
                }
            });

            void Grant(string type, string element, string who, string what) =>
                xml.Inside("Grant", () =>
                {
                    xml.Inside("Grantee", () =>
                    {
                        xml.WriteAttributeString("xsi", "type", InstanceNamespace, type);
                        xml.Text(element, who);
                    });
                    xml.Text("Permission", what);
                });
        }));
}
