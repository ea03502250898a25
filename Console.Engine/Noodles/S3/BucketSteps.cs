using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>Customers and buckets.</summary>
internal sealed class BucketSteps : IStepLibrary
{
    public string Owner => "s3";

    public void Define(StepBook book)
    {
        book.Step("a customer with a bucket", "Leases an account; its bucket is empty, is 'the bucket', and its name is ${bucket}.", call => PooledAsync(call, "bucket"));
        book.Step("a second bucket", "Of the same customer; its name is ${bucket2}.", call => PooledAsync(call, "bucket2"));
        book.Step("a customer", "Leases an account; no bucket is made.", async call => await call.AccountAsync().ConfigureAwait(false));
        book.Step("a name for a new bucket", "As ${bucket}; nobody has it. What is made of it goes with the scenario.", async call =>
        {
            call.S3().Bucket = (await call.AccountAsync().ConfigureAwait(false)).NewName();
            call.World.Keep("bucket", call.S3().Bucket);
        });
        book.Step("the other customer asks", "From here on requests are signed by a second customer (tag @accounts-2).", call => call.S3().Who = 1);
        book.Step("the customer asks again", "From here on requests are signed by the first customer.", call => call.S3().Who = 0);
        book.Step("somebody asks who signs nothing", "From here on requests are not signed.", call => call.S3().Who = -1);
        book.Step("the bucket is created", "PUT of the bucket.", call => call.AskAsync(new("PUT", call.S3().Bucket)));
        book.Step("the bucket {string} is created", "PUT of a bucket of this name; made and removed with the scenario only where the name was leased.", call => call.AskAsync(new("PUT", call.Text(0))));
        book.Step("the bucket is deleted", "DELETE of the bucket.", call => call.AskAsync(new("DELETE", call.S3().Bucket)));
        book.Step("the bucket is looked at", "HEAD of the bucket.", call => call.AskAsync(new("HEAD", call.S3().Bucket)));
        book.Step("the bucket's {word} is read", "GET with a sub-resource, such as location.", call => call.AskAsync(new("GET", call.S3().Bucket) { Query = [(call.Text(0), "")] }));
        book.Step("the customer's buckets are listed", "GET of the service.", call => call.AskAsync(new("GET", "")));
    }

    /// <summary>A kept bucket, or a new one where all are taken.</summary>
    private static async Task PooledAsync(StepCall call, string name)
    {
        var account = await call.AccountAsync().ConfigureAwait(false);
        if (account.Taken == PooledAccount.MostBuckets)
        {
            throw new BrokenTestException($"A scenario has at most {PooledAccount.MostBuckets} buckets.");
        }

        if (account.Taken == account.Buckets.Count)
        {
            var made = account.NewName();
            await call.MustAsync(new("PUT", made)).ConfigureAwait(false);
            account.Keep(made);
        }

        var bucket = account.Buckets[account.Taken++];
        call.World.Keep(name, bucket);
        if (name == "bucket")
        {
            call.S3().Bucket = bucket;
        }
    }
}
