#import "session.h"
#include <Block.h>
#include <stdlib.h>

@implementation NSURLSessionDataTask
- (id) initWithRequest: (NSURLRequest *)request handler: (SessionHandler)handler
{
  if ((self = [super init]) != nil)
    {
      _request = [request retain];
      _handler = Block_copy(handler);
    }
  return self;
}

// The request is over before this returns, so that waiting for it has nothing to wait for.
- (void) resume
{
  NSURLResponse *response = nil;
  NSError *error = nil;
  NSData *data = [NSURLConnection sendSynchronousRequest: _request returningResponse: &response error: &error];
  _handler(data, response, response == nil ? error : nil);
}
@end

@implementation NSURLSession
+ (NSURLSession *) sharedSession
{
  return [[self new] autorelease];
}

- (NSURLSessionDataTask *) dataTaskWithRequest: (NSURLRequest *)request completionHandler: (SessionHandler)handler
{
  return [[[NSURLSessionDataTask alloc] initWithRequest: request handler: handler] autorelease];
}
@end

dispatch_semaphore_t dispatch_semaphore_create(long value)
{
  dispatch_semaphore_t semaphore = malloc(sizeof(int));
  *semaphore = (int)value;
  return semaphore;
}

long dispatch_semaphore_signal(dispatch_semaphore_t semaphore)
{
  *semaphore += 1;
  return 0;
}

// A handler that was not called would leave a program of Apple's waiting: here, it ends.
long dispatch_semaphore_wait(dispatch_semaphore_t semaphore, unsigned long long timeout)
{
  (void)timeout;
  if (*semaphore <= 0) abort();
  *semaphore -= 1;
  return 0;
}
