@s3
Feature: Buckets are listed

  Background:
    Given a customer with a bucket

  @canary
  Scenario: an empty bucket
    When the bucket is listed
    Then the status is 200
    And there are no keys
    And the element "KeyCount" is "0"
    And the element "IsTruncated" is "false"
    And the element "Name" is "${bucket}"

  @canary
  Scenario: keys come in the order of their bytes
    Given the objects:
      | b   |
      | a   |
      | B   |
      | a/1 |
      | ä   |
    When the bucket is listed
    Then the keys are:
      | B   |
      | a   |
      | a/1 |
      | b   |
      | ä   |

  Scenario: of each object its size and its ETag
    Given an object "k" of 300 bytes
    When the bucket is listed
    Then the element "Contents/Size" is "300"
    And the element "Contents/ETag" is "${etag}"
    And the element "Contents/StorageClass" is "STANDARD"

  Scenario: what was deleted is not listed
    Given the objects:
      | a |
      | b |
    When the object "a" is deleted
    And the bucket is listed
    Then the keys are:
      | b |

  Scenario Outline: by prefix '<prefix>' and delimiter '<delimiter>'
    Given the objects:
      | a          |
      | b/1        |
      | b/2/x      |
      | b/2/y      |
      | c/1        |
    When the bucket is listed
      | prefix    | <prefix>    |
      | delimiter | <delimiter> |
    Then the status is 200
    And there are <keys> keys
    And the elements "CommonPrefixes/Prefix" are:
      | <common> |

    Examples:
      | prefix | delimiter | keys | common |
      | b/     | /         | 1    | b/2/   |
      | b/2    | /         | 0    | b/2/   |
      | c      | /         | 0    | c/     |
      | b/     | 2         | 1    | b/2    |

  Scenario: prefixes in common come beside keys
    Given the objects:
      | a     |
      | b/1   |
      | b/2   |
      | c/1   |
      | d     |
    When the bucket is listed
      | delimiter | / |
    Then the keys are:
      | a |
      | d |
    And the common prefixes are:
      | b/ |
      | c/ |
    And the element "KeyCount" is "4"

  Scenario: a prefix that nothing begins with
    Given the objects:
      | a |
    When the bucket is listed
      | prefix | z |
    Then there are no keys

  @canary
  Scenario: page by page nothing is left out or told twice
    Given 7 objects "k"
    When the bucket is listed page by page, 3 at a time
    Then there are 3 pages
    And the pages hold:
      | k001 |
      | k002 |
      | k003 |
      | k004 |
      | k005 |
      | k006 |
      | k007 |

  Scenario: pages of keys and prefixes in common
    Given the objects:
      | a   |
      | b/1 |
      | b/2 |
      | c   |
      | d/1 |
    When the bucket is listed page by page, 2 at a time
      | delimiter | / |
    Then the pages hold:
      | a  |
      | b/ |
      | c  |
      | d/ |

  Scenario: from after a key
    Given the objects:
      | a |
      | b |
      | c |
    When the bucket is listed
      | start-after | a |
    Then the keys are:
      | b |
      | c |

  Scenario: no keys asked for
    Given the objects:
      | a |
    When the bucket is listed
      | max-keys | 0 |
    Then the status is 200
    And there are no keys
    And the element "IsTruncated" is "false"

  Scenario: a number that is none
    When the bucket is listed
      | max-keys | many |
    Then the status is 400
    And the error code is "InvalidArgument"

  Scenario: a continuation token that nobody gave
    When the bucket is listed
      | continuation-token | not-a-token |
    Then the status is 400
    And the error code is "InvalidArgument"

  Scenario: keys in the encoding of addresses
    Given an object "a/ü" with the text "x"
    When the bucket is listed
      | encoding-type | url |
    Then the element "EncodingType" is "url"
    And the element "Contents/Key" is "a/%C3%BC"

  Scenario: in the old way
    Given the objects:
      | a   |
      | b/1 |
      | c   |
    When the bucket is listed in the old way
      | delimiter | / |
    Then the status is 200
    And the keys are:
      | a |
      | c |
    And the common prefixes are:
      | b/ |

  Scenario: in the old way, from a marker
    Given the objects:
      | a |
      | b |
      | c |
    When the bucket is listed in the old way
      | marker   | a |
      | max-keys | 1 |
    Then the keys are:
      | b |
    And the element "IsTruncated" is "true"

  Scenario: a bucket that is not there
    Given a name for a new bucket
    When the bucket is listed
    Then the status is 404
    And the error code is "NoSuchBucket"
