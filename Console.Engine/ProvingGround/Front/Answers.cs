using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

internal static class Answers
{
    public static async Task AnswerXmlAsync(this S3Request request, byte[] document)
    {
        request.Response.ContentType = "application/xml";
        request.Response.ContentLength = document.Length;
        await request.Response.Body.WriteAsync(document, request.Gone).ConfigureAwait(false);
    }
}
