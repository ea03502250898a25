// Amazon's client for JavaScript with its default settings: node node-client.js ENDPOINT REGION KEY SECRET MODULES. Prints one line for each thing that went well.
const [, , endpoint, region, accessKeyId, secretAccessKey, modules] = process.argv;
const s3 = require(modules + '/@aws-sdk/client-s3');
const { getSignedUrl } = require(modules + '/@aws-sdk/s3-request-presigner');
const { createHash } = require('node:crypto');

const client = new s3.S3Client({ endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
const Bucket = 'node';
const send = (name, input) => client.send(new s3[name + 'Command']({ Bucket, ...input }));
const hash = bytes => createHash('sha256').update(bytes).digest('hex');
const bytes = async answer => Buffer.from(await answer.Body.transformToByteArray());
const check = (holds, what) => { if (!holds) throw new Error('not so: ' + what); console.log(what); };
const fails = async (promise, status, what) => { try { await promise; } catch (e) { return check(e.$metadata.httpStatusCode === status, what); } throw new Error('went well: ' + what); };

(async () => {
  await send('CreateBucket', {});
  const body = Buffer.from('content of a small object');
  const put = await send('PutObject', { Key: 'a b/ü', Body: body, Metadata: { who: 'node' } });
  check(!!put.ChecksumCRC32, 'put with a trailing or leading checksum');
  const got = await send('GetObject', { Key: 'a b/ü' });
  check((await bytes(got)).equals(body) && got.Metadata.who === 'node', 'get');
  const stream = require('node:stream').Readable.from([body]);
  await send('PutObject', { Key: 'streamed', Body: stream, ContentLength: body.length });
  check((await bytes(await send('GetObject', { Key: 'streamed' }))).equals(body), 'put of a stream');
  const listed = await send('ListObjectsV2', {});
  check(listed.Contents.map(one => one.Key).join() === 'a b/ü,streamed', 'list');
  await fails(send('PutObject', { Key: 'a b/ü', Body: body, IfNoneMatch: '*' }), 412, 'put only where nothing is');
  await fails(send('GetObject', { Key: 'a b/ü', IfNoneMatch: put.ETag }), 304, 'get only what has changed');
  const url = await getSignedUrl(client, new s3.GetObjectCommand({ Bucket, Key: 'a b/ü' }), { expiresIn: 60 });
  check(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(body), 'presigned');

  const part = Buffer.alloc(8 * 1024 * 1024, 7);
  const { UploadId } = await send('CreateMultipartUpload', { Key: 'big' });
  const parts = [];
  const whole = createHash('sha256');
  for (let PartNumber = 1; PartNumber <= 8; PartNumber++) {
    part[0] = PartNumber;
    whole.update(part);
    const { ETag, ChecksumCRC32 } = await send('UploadPart', { Key: 'big', UploadId, PartNumber, Body: part });
    parts.push({ PartNumber, ETag, ChecksumCRC32 });
  }
  await send('CompleteMultipartUpload', { Key: 'big', UploadId, MultipartUpload: { Parts: parts } });
  check(hash(await bytes(await send('GetObject', { Key: 'big' }))) === whole.digest('hex'), 'multipart of 64 MB');
  await send('DeleteObjects', { Delete: { Objects: ['a b/ü', 'streamed', 'big'].map(Key => ({ Key })) } });
  await send('DeleteBucket', {});
  check(true, 'delete');
})().catch(e => { console.error(e); process.exit(1); });
