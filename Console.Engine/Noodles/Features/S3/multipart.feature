@s3
Feature: Large objects are uploaded in parts

  Background:
    Given a customer with a bucket

  @canary
  Scenario: one small part
    Given an upload of "k" in parts
    And part 1 with the text "all of it"
    When the upload is completed
    Then the status is 200
    And the element "ETag" is kept as "etag"
    And the object "k" holds "all of it"

  @large
  Scenario: two parts, the last one smaller
    Given an upload of "k" in parts
    And part 1 of 5 MiB
    And part 2 of 1000 bytes
    When the upload is completed
    Then the status is 200
    And the object "k" holds the parts:
      | 5242880 |
      | 1000    |
    And the header "ETag" matches "-2.$"

  @large
  Scenario: numbers need not follow one another
    Given an upload of "k" in parts
    And part 3 of 5 MiB
    And part 9 with the text "end"
    When the upload is completed
    Then the status is 200
    And the object "k" holds the parts:
      | 5242880 |
      | end     |

  Scenario: there is nothing before it is completed
    Given an upload of "k" in parts
    And part 1 with the text "x"
    Then there is no object "k"

  Scenario: the newest of two parts with one number counts
    Given an upload of "k" in parts
    And part 1 with the text "old"
    And part 1 with the text "new"
    When the upload is completed
    Then the object "k" holds "new"

  Scenario: what is said at the beginning is said of the object
    Given an upload of "k" in parts
      | Content-Type     | text/x-noodle |
      | x-amz-meta-color | green         |
    And part 1 with the text "x"
    When the upload is completed
    And the object "k" is looked at
    Then the header "Content-Type" is "text/x-noodle"
    And the header "x-amz-meta-color" is "green"

  Scenario: an aborted upload leaves nothing
    Given an upload of "k" in parts
    And part 1 with the text "x"
    When the upload is aborted
    Then the status is 204
    When part 2 is sent with the text "late"
    Then the status is 404
    And the error code is "NoSuchUpload"
    And there is no object "k"

  Scenario: a part before the last one is too small
    Given an upload of "k" in parts
    And part 1 with the text "small"
    And part 2 with the text "last"
    When the upload is completed
    Then the status is 400
    And the error code is "EntityTooSmall"

  @large
  Scenario: parts out of order
    Given an upload of "k" in parts
    And part 1 of 5 MiB
    And part 2 of 5 MiB
    When the upload is completed with the parts:
      | 2 |
      | 1 |
    Then the status is 400
    And the error code is "InvalidPartOrder"

  Scenario: a part that was never sent
    Given an upload of "k" in parts
    And part 1 with the text "one"
    When the upload is completed with the parts:
      | 7 |
    Then the status is 400
    And the error code is "InvalidPart"

  Scenario Outline: part number <number> is none
    Given an upload of "k" in parts
    When part <number> is sent with the text "x"
    Then the status is 400
    And the error code is "InvalidArgument"

    Examples:
      | number |
      | 0      |
      | 10001  |

  Scenario: an upload that was aborted is not completed
    Given an upload of "k" in parts
    And the upload is aborted
    When the upload is completed with the parts:
      | 1 |
    Then the status is 404
    And the error code is "NoSuchUpload"

  Scenario: the parts that were sent are listed
    Given an upload of "k" in parts
    And part 1 with the text "one"
    And part 2 with the text "three"
    When the parts are listed
    Then the elements "Part/PartNumber" are:
      | 1 |
      | 2 |
    And the elements "Part/Size" are:
      | 3 |
      | 5 |
    And the element "UploadId" is "${upload}"

  Scenario: the parts are listed a page at a time
    Given an upload of "k" in parts
    And part 1 with the text "one"
    And part 2 with the text "two"
    When the parts are listed
      | max-parts | 1 |
    Then the element "IsTruncated" is "true"
    And the element "NextPartNumberMarker" is "1"

  Scenario: uploads under way are listed
    Given an upload of "k" in parts
    When the uploads are listed
    Then the elements "Upload/Key" are:
      | k |
    And the element "Upload/UploadId" is "${upload}"

  @large
  Scenario: a part copied from another object
    Given an object "source" of 1000 bytes
    And an upload of "k" in parts
    And part 1 is copied from bytes 0 to 99 of "source"
    When the upload is completed
    And the object "k" is read
    Then the body is bytes 0 to 99 of 1000 bytes
