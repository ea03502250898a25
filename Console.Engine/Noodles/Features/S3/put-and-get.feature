@s3
Feature: Objects are put and come back as they were
  What a customer stores is what a customer reads: the bytes, the type, what was said of them.

  Background:
    Given a customer with a bucket

  @canary
  Scenario: a bucket owner puts an object
    When the text "hello" is put as "greeting.txt"
    Then the status is 200
    And the ETag is the MD5 of "hello"
    And the object "greeting.txt" holds "hello"

  @canary
  Scenario: a read right after a write sees it
    When the text "first" is put as "k"
    And the text "second" is put as "k"
    Then the object "k" holds "second"

  Scenario Outline: <what> comes back whole
    When <size> are put as "blob"
    Then the status is 200
    And the object "blob" holds <size>

    Examples:
      | what             | size      |
      | nothing at all   | 0 bytes   |
      | one byte         | 1 byte    |
      | a small object   | 4 KiB     |
      | an odd size      | 100001 bytes |
      | a larger object  | 1 MiB     |

    @large
    Examples: large
      | what             | size      |
      | a large object   | 8 MiB     |

  @canary
  Scenario: an object is looked at without its body
    Given an object "doc" of 300 bytes
    When the object "doc" is looked at
    Then the status is 200
    And the header "Content-Length" is "300"
    And the header "ETag" is "${etag}"
    And the header "Last-Modified" matches "GMT$"
    And the body is empty

  @canary
  Scenario: a deleted object is gone
    Given an object "k" with the text "x"
    When the object "k" is deleted
    Then the status is 204
    And there is no object "k"

  Scenario: deleting what is not there succeeds
    When the object "never-was" is deleted
    Then the status is 204

  @canary
  Scenario: reading what is not there says so
    When the object "never-was" is read
    Then the status is 404
    And the error code is "NoSuchKey"
    And the header "Content-Type" matches "application/xml"

  Scenario: looking at what is not there answers without a body
    When the object "never-was" is looked at
    Then the status is 404
    And the body is empty

  Scenario: a read of a bucket that is not there
    Given a name for a new bucket
    When the object "k" is read
    Then the status is 404
    And the error code is "NoSuchBucket"

  Scenario: a put into a bucket that is not there
    Given a name for a new bucket
    When the text "x" is put as "k"
    Then the status is 404
    And the error code is "NoSuchBucket"

  Scenario Outline: a key of <length> bytes
    When the text "x" is put as a key of <length> bytes
    Then the status is <status>

    Examples:
      | length | status |
      | 1024   | 200    |
      | 1025   | 400    |

  Scenario: a key that is too long
    When the text "x" is put as a key of 2000 bytes
    Then the error code is "KeyTooLongError"
