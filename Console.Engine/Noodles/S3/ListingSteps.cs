using System.Globalization;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>Listings, and what is said of XML.</summary>
internal sealed class ListingSteps : IStepLibrary
{
    public string Owner => "s3";

    public void Define(StepBook book)
    {
        book.Step("the bucket is listed", "GET of the bucket, version 2; the table is the query.", call => call.AskAsync(new("GET", call.S3().Bucket) { Query = [("list-type", "2"), .. call.Pairs] }));
        book.Step("the bucket is listed in the old way", "GET of the bucket, version 1; the table is the query.", call => call.AskAsync(new("GET", call.S3().Bucket) { Query = call.Pairs }));
        book.Step("the bucket is listed page by page, {int} at a time", "Version 2, with continuation tokens; all keys and common prefixes, in the order they came, are 'the pages'.", PagesAsync);
        book.Step("the pages hold:", "Just these, in this order, each page as large as asked for.", call => Check.SameList(call.Column, call.World.Part<Pages>().Found, "The pages' keys and prefixes"));
        book.Step("there are {int} pages", "How often had to be asked.", call => Check.Same(call.Number(0), call.World.Part<Pages>().Count, "The number of pages"));
        book.Step("the keys are:", "Just these, in this order.", call => Check.SameList(call.Column, call.World.Answered.Xml().All("Contents/Key"), "The keys"));
        book.Step("there are no keys", "An empty listing.", call => Check.SameList([], call.World.Answered.Xml().All("Contents/Key"), "The keys"));
        book.Step("there are {int} key(s)", "So many.", call => Check.Same(call.Number(0), call.World.Answered.Xml().All("Contents/Key").Length, "The number of keys"));
        book.Step("the common prefixes are:", "Just these, in this order.", call => Check.SameList(call.Column, call.World.Answered.Xml().All("CommonPrefixes/Prefix"), "The common prefixes"));
        book.Step("the element {string} is {string}", "Of an answer in XML, the first of this name; 'Contents/Size' for one within another.", call =>
            Check.Same(call.Text(1), call.World.Answered.Xml().All(call.Text(0)).FirstOrDefault() ?? throw new WrongAnswerException($"There should be an element {call.Text(0)} in '{S3Answers.Short(call.World.Answered.Text)}'."), $"The element {call.Text(0)}"));
        book.Step("the elements {string} are:", "All of this name, in this order.", call => Check.SameList(call.Column, call.World.Answered.Xml().All(call.Text(0)), $"The elements {call.Text(0)}"));
        book.Step("there is no element {string}", "Of an answer in XML.", call => Check.SameList([], call.World.Answered.Xml().All(call.Text(0)), $"The elements {call.Text(0)}"));
        book.Step("the element {string} is among them as {string}", "One of several of this name.", call => Check.That(call.World.Answered.Xml().All(call.Text(0)).Contains(call.Text(1)), $"One of the elements {call.Text(0)} should be '{call.Text(1)}'; there are {string.Join(", ", call.World.Answered.Xml().All(call.Text(0)).Take(10))}."));
        book.Step("the element {string} is kept as {string}", "For later steps, as ${name}.", call => call.World.Keep(call.Text(1), call.World.Answered.Xml().All(call.Text(0)).FirstOrDefault() ?? throw new WrongAnswerException($"There should be an element {call.Text(0)}.")));
        book.Step("the error code is {string}", "Of an error in XML.", call => Check.Same(call.Text(0), call.World.Answered.ErrorCode(), "The error code"));
    }

    private static async Task PagesAsync(StepCall call)
    {
        var pages = call.World.Part<Pages>();
        string? token = null;
        do
        {
            Check.That(pages.Count++ < 200, "The listing never ends.");
            var answer = await call.MustAsync(new("GET", call.S3().Bucket) { Query = [("list-type", "2"), ("max-keys", call.Number(0).ToString(CultureInfo.InvariantCulture)), .. token is null ? [] : new[] { ("continuation-token", token) }, .. call.Pairs] }).ConfigureAwait(false);
            var xml = answer.Xml();
            string[] found = [.. xml.All("Contents/Key").Concat(xml.All("CommonPrefixes/Prefix")).Order(StringComparer.Ordinal)];
            Check.That(found.Length <= call.Number(0), $"A page should have at most {call.Number(0)} and has {found.Length}.");
            pages.Found.AddRange(found);
            token = xml.All("NextContinuationToken").FirstOrDefault();
            Check.Same(token is not null, xml.All("IsTruncated").FirstOrDefault() == "true", "IsTruncated");
        }
        while (token is not null);
    }

    private sealed class Pages
    {
        public List<string> Found { get; } = [];

        public int Count { get; set; }
    }
}
