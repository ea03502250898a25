@s3
Feature: Requests with conditions

  Background:
    Given a customer with a bucket
    And an object "k" with the text "content"

  @canary
  Scenario: a read of what the reader has already
    When the object "k" is read
      | If-None-Match | ${etag} |
    Then the status is 304
    And the body is empty

  Scenario: a read of what has changed since
    When the object "k" is read
      | If-None-Match | "00000000000000000000000000000000" |
    Then the status is 200

  Scenario: a read of just this version
    When the object "k" is read
      | If-Match | ${etag} |
    Then the status is 200
    And the body is "content"

  @canary
  Scenario: a read of another version
    When the object "k" is read
      | If-Match | "00000000000000000000000000000000" |
    Then the status is 412
    And the error code is "PreconditionFailed"

  Scenario: changed since long ago
    When the object "k" is read
      | If-Modified-Since | Mon, 01 Jan 2001 00:00:00 GMT |
    Then the status is 200

  Scenario: unchanged since its own last change
    Given the object "k" is looked at
    And the header "Last-Modified" is kept as "changed"
    When the object "k" is read
      | If-Modified-Since | ${changed} |
    Then the status is 304

  Scenario: must not have changed since long ago
    When the object "k" is read
      | If-Unmodified-Since | Mon, 01 Jan 2001 00:00:00 GMT |
    Then the status is 412

  Scenario: the ETag counts more than the time
    When the object "k" is read
      | If-Match            | ${etag}                       |
      | If-Unmodified-Since | Mon, 01 Jan 2001 00:00:00 GMT |
    Then the status is 200

  @conditional-writes
  Scenario: a write only where there is nothing
    When the text "new" is put as "k"
      | If-None-Match | * |
    Then the status is 412
    And the error code is "PreconditionFailed"
    And the object "k" holds "content"

  @conditional-writes
  Scenario: a first write where there is nothing
    When the text "new" is put as "fresh"
      | If-None-Match | * |
    Then the status is 200
    And the object "fresh" holds "new"

  @conditional-writes
  Scenario: a write over just this version
    When the text "new" is put as "k"
      | If-Match | ${etag} |
    Then the status is 200
    And the object "k" holds "new"

  @conditional-writes
  Scenario: a write over another version
    When the text "new" is put as "k"
      | If-Match | "00000000000000000000000000000000" |
    Then the status is 412
    And the object "k" holds "content"

  @conditional-writes
  Scenario: a write over a version of what is not there
    When the text "new" is put as "never-was"
      | If-Match | ${etag} |
    Then the status is 404 or 412
