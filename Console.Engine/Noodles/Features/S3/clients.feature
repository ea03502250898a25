@s3 @sdk
Feature: Amazon's own client works as it comes

  Background:
    Given a customer with a bucket

  @canary
  Scenario: put and get
    When Amazon's client puts the text "hello" as "a key/with ü"
    Then it succeeds
    When Amazon's client gets "a key/with ü"
    Then the text it got is "hello"

  Scenario: what is not there
    When Amazon's client gets "never-was"
    Then it fails with "NoSuchKey"

  @large
  Scenario: a large upload in parts
    When Amazon's client uploads 11 MiB as "large"
    Then it succeeds
    When Amazon's client gets 11 MiB from "large"
    Then it succeeds

  Scenario: all pages of a listing
    Given 5 objects "k"
    When Amazon's client lists the bucket, 2 at a time
    Then the keys it listed are:
      | k001 |
      | k002 |
      | k003 |
      | k004 |
      | k005 |

  Scenario: delete one and many
    Given the objects:
      | a |
      | b |
      | c |
    When Amazon's client deletes "a"
    Then it succeeds
    When Amazon's client deletes together:
      | b |
      | c |
    Then it succeeds
    When the bucket is listed
    Then there are no keys

  Scenario: a copy
    Given an object "from" with the text "content"
    When Amazon's client copies "from" to "to"
    Then it succeeds
    And the object "to" holds "content"

  @conditional-writes
  Scenario: a write only where there is nothing
    Given an object "k" with the text "content"
    When Amazon's client puts the text "new" as "k" only where there is none
    Then it fails with "PreconditionFailed"

  @presigned
  Scenario: its presigned address
    Given an object "k" with the text "content"
    And Amazon's client presigns reading "k" for 60 seconds
    When the address is opened
    Then the status is 200
    And the body is "content"
