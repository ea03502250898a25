using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Web;

internal static class Answers
{
    public static async Task AnswerXmlAsync(this S3Request request, byte[] document)
    {
        request.Context.Response.ContentType = "application/xml";
        request.Context.Response.ContentLength = document.Length;
        await request.Context.Response.Body.WriteAsync(document, request.Gone).ConfigureAwait(false);
    }
}
