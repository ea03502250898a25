using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>The tags of an object.</summary>
internal sealed class TagOperations(FrontParts parts)
{
    public Task GetAsync(Admitted request) =>
        request.Request.AnswerXmlAsync(S3Xml.Write("Tagging", xml => xml.Inside("TagSet", () =>
        {
            foreach (var (key, value) in request.It.Object!.Tags)
            {
                xml.Inside("Tag", () =>
                {
                    xml.Text("Key", key);
                    xml.Text("Value", value);
                });
            }
        })));

    public async Task PutAsync(Admitted request)
    {
        var set = XmlIn.Child(XmlIn.Read(request.Body.Content, "Tagging"), "TagSet") ?? throw new S3Exception(S3Error.MalformedXml("TagSet is missing."));
        var tags = XmlIn.Children(set, "Tag").Select(tag => (XmlIn.Text(tag, "Key"), XmlIn.Text(tag, "Value"))).ToList();
        if (Tags.Wrong(tags) is { } wrong)
        {
            throw new S3Exception(wrong);
        }

        await SetAsync(request, Tags.Of(tags)).ConfigureAwait(false);
    }

    public async Task DeleteAsync(Admitted request)
    {
        await SetAsync(request, ImmutableSortedDictionary<string, string>.Empty).ConfigureAwait(false);
        request.Request.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task<IndexAnswer> SetAsync(Admitted request, ImmutableSortedDictionary<string, string> tags) => parts.ApplyAsync(new SetObjectTags(request.Call.Bucket, request.Call.Key, tags), request.Gone);
}
