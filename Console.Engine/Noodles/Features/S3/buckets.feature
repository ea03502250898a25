@s3
Feature: Buckets are made, seen and removed

  @canary
  Scenario: a bucket is made and removed
    Given a customer
    And a name for a new bucket
    When the bucket is created
    Then the status is 200
    When the bucket is looked at
    Then the status is 200
    When the bucket is deleted
    Then the status is 204
    When the bucket is looked at
    Then the status is 404

  Scenario: a bucket with objects in it stays
    Given a customer with a bucket
    And an object "k" with the text "x"
    When the bucket is deleted
    Then the status is 409
    And the error code is "BucketNotEmpty"
    And the object "k" holds "x"

  Scenario: a bucket that is not there cannot be removed
    Given a customer
    And a name for a new bucket
    When the bucket is deleted
    Then the status is 404
    And the error code is "NoSuchBucket"

  Scenario: a customer's buckets are listed
    Given a customer with a bucket
    When the customer's buckets are listed
    Then the status is 200
    And the element "Bucket/Name" is among them as "${bucket}"

  Scenario Outline: '<name>' is no name for a bucket
    Given a customer
    When the bucket "<name>" is created
    Then the status is 400
    And the error code is "InvalidBucketName"

    Examples:
      | name        |
      | ab          |
      | UPPER-CASE  |
      | under_score |
      | -hyphen     |
      | a..dots     |

  Scenario: a bucket says where it is
    Given a customer with a bucket
    When the bucket's location is read
    Then the status is 200
    And the body contains "LocationConstraint"

  @accounts-2
  Scenario: a name that somebody else has
    Given a customer with a bucket
    And the other customer asks
    When the bucket is created
    Then the status is 409
    And the error code is "BucketAlreadyExists"
